"""Two sums, one after the other. Watch B wait until A is done."""

import time


def sum_up(name, numbers, start):
    total = 0
    for number in numbers:
        print(f"Task {name}: Computing {total}+{number}")
        print(f"Time: {time.perf_counter() - start:.1f}")
        time.sleep(1)
        total += number
    print(f"Task {name}: Sum = {total}\n")


def main():
    start = time.perf_counter()
    sum_up("A", [1, 2], start)
    sum_up("B", [1, 2, 3], start)
    print(f"Time: {time.perf_counter() - start:.1f} sec")


main()
