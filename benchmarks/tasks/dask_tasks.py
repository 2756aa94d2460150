"""The benches of `kiln bench tasks` on Dask distributed with two worker processes: engine,bench,n,seconds.

Usage: dask_tasks.py [N]   (N independent tasks, 10000 by default). Needs Debian's python3-distributed.
"""

import sys
import time

from distributed import Client, LocalCluster, wait

REPEATS = 3


def nothing(i):
    return 0


def following(x):
    return x + 1


def add(a, b):
    return a + b


def mix(a, b, c):
    return (a + 3 * b + 7 * c) % 1000003


def block(mb, seed):
    return bytes(mb << 20)


def touch(data):
    return data[0] + data[-1]


def median(times):
    return sorted(times)[len(times) // 2]


def report(bench, n, times):
    print(f"dask-2,{bench},{n},{median(times):.9f}", flush=True)


def independent(client, n):
    futures = client.map(nothing, range(n), pure=False)
    wait(futures)


def chain(client, n):
    last = client.submit(following, 0, pure=False)
    for _ in range(n - 1):
        last = client.submit(following, last, pure=False)
    assert last.result() == n


def tree(client, leaves):
    level = client.map(following, range(leaves), pure=False)
    while len(level) > 1:
        level = [client.submit(add, level[i], level[i + 1], pure=False) for i in range(0, len(level), 2)]
    assert level[0].result() == leaves * (leaves + 1) // 2


def stencil(client, width, steps):
    row = client.map(following, range(width), pure=False)
    for _ in range(steps - 1):
        row = [
            client.submit(mix, row[max(i - 1, 0)], row[i], row[min(i + 1, width - 1)], pure=False)
            for i in range(width)
        ]
    client.gather(row)


def call(client, calls, worker):
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        client.submit(nothing, 0, pure=False, workers=[worker]).result()
        times.append(time.perf_counter() - start)
    return median(times)


def blocks(client, n, mb, home, reader):
    made = [client.submit(block, mb, i, pure=False, workers=[home]) for i in range(n)]
    wait(made)
    start = time.perf_counter()
    wait([client.submit(touch, each, pure=False, workers=[reader]) for each in made])
    return time.perf_counter() - start


def timed(run, *args):
    times = []
    for _ in range(REPEATS + 1):
        start = time.perf_counter()
        run(*args)
        times.append(time.perf_counter() - start)
    return times[1:]


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print("engine,bench,n,seconds")
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            first, last = sorted(client.scheduler_info()["workers"])
            report("independent", n, timed(independent, client, n))
            report("chain", 1000, timed(chain, client, 1000))
            report("tree", 1023, timed(tree, client, 512))
            report("stencil", 800, timed(stencil, client, 32, 25))
            report("call", 1, [call(client, 200, last) for _ in range(REPEATS)])
            report("blocks-local", 64, [blocks(client, 64, 1, last, last) for _ in range(REPEATS)])
            report("blocks-remote", 64, [blocks(client, 64, 1, last, first) for _ in range(REPEATS)])


if __name__ == "__main__":
    main()
