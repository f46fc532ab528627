"""A coroutine is made and dropped. Watch what is not printed."""

import asyncio
import warnings

# Python warns when it runs, Rust when it compiles. Leave this line out to see it.
warnings.filterwarnings("ignore", "coroutine .* was never awaited")


async def greeter(name):
    print(f"Hi, {name} you're in a coroutine.")


async def main():
    greeter("LP")
    print("done!")


asyncio.run(main())
