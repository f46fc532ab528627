"""The two sums in two processes. Watch the program start itself twice."""

import subprocess
import sys
import time


def say(line):
    # In one piece and at once, or the other process might get in between.
    print(f"{line}\n", end="", flush=True)


def sum_up(name, numbers, start):
    total = 0
    for number in numbers:
        say(f"Task {name}: Computing {total}+{number}")
        say(f"Time: {time.perf_counter() - start:.1f}")
        time.sleep(1)
        total += number
    say(f"Task {name}: Sum = {total}\n")


def process(arguments):
    return subprocess.Popen([sys.executable, __file__, *arguments])


def main():
    start = time.perf_counter()
    if len(sys.argv) > 1:
        name, *numbers = sys.argv[1:]
        sum_up(name, [int(number) for number in numbers], start)
        return
    a = process(["A", "1", "2"])
    b = process(["B", "1", "2", "3"])
    a.wait()
    b.wait()
    print(f"Time: {time.perf_counter() - start:.1f} sec")


main()
