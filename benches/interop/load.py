"""Load generator with the Python SDK, as `src/bin/load.rs`: load.py HOST IN_FLIGHT SECONDS."""

import json
import sys
import threading
import time

from genauth import AuthenticationClient

host, in_flight, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
client = AuthenticationClient(app_id="an-app", app_host=host)
begin = time.perf_counter() + 1
end = begin + seconds
milliseconds = []


def caller():
    while time.perf_counter() < end:
        begun = time.perf_counter()
        response = client.decrypt_wechat_mini_program_data("a-code", "an-iv", "some-data", "my-wxapp")
        assert response["data"]["phoneNumber"], response
        now = time.perf_counter()
        if begun >= begin and now <= end:
            milliseconds.append((now - begun) * 1000)


threads = [threading.Thread(target=caller) for _ in range(in_flight)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({"slice_seconds": seconds, "milliseconds": {"Python": [milliseconds]}}))
