"""Three counts, one after the other. Watch each of them wait for the last."""

import time


def count():
    for number in range(1, 4):
        print(number)
        time.sleep(1)


start = time.perf_counter()
for _ in range(3):
    count()
elapsed = time.perf_counter() - start
print(f"Total time elapsed: {elapsed:.1f} seconds")
