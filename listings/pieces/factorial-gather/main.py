"""Three factorials at once. Watch the order of the results."""

import asyncio


async def factorial(number):
    product = 1
    for i in range(2, number + 1):
        print(f"Computing factorial({number}), currently i={i}...")
        await asyncio.sleep(1)
        product *= i
    return product


async def main():
    numbers = [2, 3, 4]
    products = await asyncio.gather(*map(factorial, numbers))
    print(products)


asyncio.run(main())
