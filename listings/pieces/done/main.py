"""The smallest async program: a coroutine, and an event loop that runs it."""

import asyncio


async def say_done():
    print("done!")


asyncio.run(say_done())
