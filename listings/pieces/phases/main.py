"""Two steps, of which the second needs the result of the first."""

import asyncio


async def phase1():
    print("in phase1")
    return "result 1"


async def phase2(result):
    print("in phase2")
    return f"result 2 from {result}"


async def outer():
    print("in outer")
    print("waiting for result 1")
    result1 = await phase1()
    print("waiting for result 2")
    result2 = await phase2(result1)
    return result1, result2


async def main():
    result1, result2 = await outer()
    print(f"returned: ({result1}, {result2})")


asyncio.run(main())
