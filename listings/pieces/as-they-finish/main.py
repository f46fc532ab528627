"""Results are taken as they come. Watch the fastest come first."""

import asyncio


async def fetch(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    tasks = [asyncio.create_task(fetch(seconds)) for seconds in (3, 1, 2)]
    for task in asyncio.as_completed(tasks):
        print(f"fetch {await task} is there")


asyncio.run(main())
