"""Two waits, gathered. Watch both start at once."""

import asyncio


async def io(name):
    print(f"{name} started")
    await asyncio.sleep(1)
    print(f"{name} finished")


async def main():
    await asyncio.gather(io("first"), io("second"))


asyncio.run(main())
