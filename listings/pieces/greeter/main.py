"""A coroutine is made first and run later. Watch when the greeting comes."""

import asyncio


async def greeter(name):
    print(f"Hi, {name} you're in a coroutine.")


print("starting coroutine")
coroutine = greeter("LP")
print("entering event loop")
asyncio.run(coroutine)
print("closing event loop")
