"""Three questions to a service, one after the other. Watch when each is asked."""

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import ProxyHandler, build_opener


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        city = self.path[1:]
        time.sleep(0.1 * len(city))
        answer = {"city": city, "celsius": 3 * len(city)}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


def start_service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def get(url):
    with build_opener(ProxyHandler({})).open(url) as answer:
        return json.load(answer)


async def fetch(service, city):
    print(f"{city}?")
    return await asyncio.to_thread(get, f"{service}/{city}")


async def main():
    service = start_service()
    start = time.perf_counter()
    for city in ["Lima", "Paris", "Lisbon"]:
        weather = await fetch(service, city)
        print(f"{weather['city']}: {weather['celsius']} °C")
    print(f"Time: {time.perf_counter() - start:.1f} sec")


asyncio.run(main())
