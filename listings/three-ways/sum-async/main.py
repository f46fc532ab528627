"""The same two tasks, waiting well. Watch B start while A waits."""

import asyncio
import time


async def sum_up(name, numbers, start):
    total = 0
    for number in numbers:
        print(f"Task {name}: Computing {total}+{number}")
        print(f"Time: {time.perf_counter() - start:.1f}")
        await asyncio.sleep(1)
        total += number
    print(f"Task {name}: Sum = {total}\n")


async def main():
    start = time.perf_counter()
    a = asyncio.create_task(sum_up("A", [1, 2], start))
    b = asyncio.create_task(sum_up("B", [1, 2, 3], start))
    await a
    await b
    print(f"Time: {time.perf_counter() - start:.1f} sec")


asyncio.run(main())
