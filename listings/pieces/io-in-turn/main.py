"""Two waits, one after the other. Watch the second start late."""

import asyncio


async def io(name):
    print(f"{name} started")
    await asyncio.sleep(1)
    print(f"{name} finished")


async def main():
    await io("first")
    await io("second")


asyncio.run(main())
