"""Two tasks, of which the second starts later. Watch who is done first."""

import asyncio


async def hello(number):
    print(f"hello {number} started")
    await asyncio.sleep(4)
    print(f"hello {number} done")


async def main():
    first = asyncio.create_task(hello(1))
    await asyncio.sleep(3)
    second = asyncio.create_task(hello(2))
    await first
    await second


asyncio.run(main())
