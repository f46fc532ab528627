"""Three waits, of which one fails. Watch what happens to the slowest."""

import asyncio


async def fetch(seconds):
    await asyncio.sleep(seconds)
    if seconds == 2:
        raise RuntimeError(f"fetch {seconds} failed")
    print(f"fetch {seconds} is there")
    return seconds


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(n)) for n in (1, 2, 3)]
        print([task.result() for task in tasks])
    except* RuntimeError as errors:
        for error in errors.exceptions:
            print(error)


asyncio.run(main())
