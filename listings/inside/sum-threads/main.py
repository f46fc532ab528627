"""The two sums on two threads. Watch both threads be blocked at the same time."""

import threading
import time


def say(line):
    # In one piece: print() would write the end of the line separately, and the
    # other thread might get in between.
    print(f"{line}\n", end="")


def sum_up(name, numbers, start):
    total = 0
    for number in numbers:
        say(f"Task {name}: Computing {total}+{number}")
        say(f"Time: {time.perf_counter() - start:.1f}")
        time.sleep(1)
        total += number
    say(f"Task {name}: Sum = {total}\n")


def main():
    start = time.perf_counter()
    a = threading.Thread(target=sum_up, args=("A", [1, 2], start))
    b = threading.Thread(target=sum_up, args=("B", [1, 2, 3], start))
    a.start()
    b.start()
    a.join()
    b.join()
    print(f"Time: {time.perf_counter() - start:.1f} sec")


main()
