"""The same without tasks. Watch the second wait for the first."""

import asyncio


async def hello(number):
    print(f"hello {number} started")
    await asyncio.sleep(4)
    print(f"hello {number} done")


async def main():
    await hello(1)
    await hello(2)


asyncio.run(main())
