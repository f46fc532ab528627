"""Three other programs run at the same time. Watch the results come as they end."""

import asyncio
import subprocess
import sys
import time


def work(job):
    time.sleep({"resize": 0.5, "convert": 1.0, "upload": 1.5}[job])
    if job == "convert":
        print("no such format", file=sys.stderr)
        sys.exit(3)
    print(f"{job} is done")


async def run(job):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        job,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    printed, complained = await process.communicate()
    match process.returncode:
        case 0:
            return f"{job}: {printed.decode().strip()}"
        case code:
            return f"{job}: {complained.decode().strip()}, status {code}"


async def main():
    start = time.perf_counter()
    jobs = [run(job) for job in ("upload", "convert", "resize")]
    for job in asyncio.as_completed(jobs):
        print(await job)
        print(f"Time: {time.perf_counter() - start:.1f}")


if len(sys.argv) > 1:
    work(sys.argv[1])
else:
    asyncio.run(main())
