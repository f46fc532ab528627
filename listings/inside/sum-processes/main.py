"""The two sums in two processes. Watch the program start itself twice."""

import subprocess
import sys
import time


def sum_up(name, numbers, start):
    total = 0
    for number in numbers:
        print(f"Task {name}: Computing {total}+{number}", flush=True)
        print(f"Time: {time.perf_counter() - start:.1f}", flush=True)
        time.sleep(1)
        total += number
    print(f"Task {name}: Sum = {total}\n", flush=True)


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
