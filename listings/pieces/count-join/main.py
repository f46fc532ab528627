"""Three counts, gathered. Watch the numbers."""

import asyncio
import time


async def count():
    for number in range(1, 4):
        print(number)
        await asyncio.sleep(1)


async def main():
    start = time.perf_counter()
    await asyncio.gather(count(), count(), count())
    elapsed = time.perf_counter() - start
    print(f"Total time elapsed: {elapsed:.1f} seconds")


asyncio.run(main())
