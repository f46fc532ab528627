"""A task for each client, and a wait that yields. Watch them overtake the slow one."""

import asyncio
import socket
import threading
import time


def talk(connection, thinks):
    time.sleep(thinks)
    connection.sendall(b"hello")
    connection.shutdown(socket.SHUT_WR)
    assert connection.recv(100) == b"hello"
    connection.close()


def start_clients(server):
    for thinks in (1.0, 0.3, 0.6):
        connection = socket.create_connection(server)
        threading.Thread(target=talk, args=(connection, thinks)).start()


async def main():
    start = time.perf_counter()
    count = 0
    done = asyncio.Event()

    async def echo(reader, writer):
        nonlocal count
        count += 1
        number = count
        print(f"client {number} is served: {time.perf_counter() - start:.1f}")
        while data := await reader.read(1000):
            writer.write(data)
            await writer.drain()
        print(f"client {number} is done: {time.perf_counter() - start:.1f}")
        writer.close()
        if number == 1:
            done.set()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    start_clients(server.sockets[0].getsockname())
    await done.wait()
    print(f"Time: {time.perf_counter() - start:.1f} sec")


asyncio.run(main())
