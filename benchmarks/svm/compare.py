"""Trains on magic04 with Kiln and with sklearn in turns, one thread each, and prints medians of CPU seconds.

Run benchmarks/svm/compare.sh, which sets the class path up.
"""
import os, statistics, subprocess, sys

classpath, java, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
here = os.path.dirname(os.path.abspath(__file__))
data = os.path.join(here, "..", "..", "examples", "data", "magic04.%s.csv")
files = [data % "train", data % "test"]
env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

def start(command):
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    while p.stdout.readline().strip() != "ready":
        if p.poll() is not None:
            sys.exit("could not start " + " ".join(command[:3]))
    return p

kiln = [java, "-Xmx2g", "-cp", classpath, os.path.join(here, "TrainCpu.java"), "serve", *files, "2000", "10", "0.1", "6"]
programs = {
    "kiln, Vector API": start([kiln[0], "--add-modules", "jdk.incubator.vector", *kiln[1:]]),
    "kiln, plain loops": start(kiln),
    "sklearn": start(["/usr/bin/python3", os.path.join(here, "sklearn_cpu.py"), *files, "10", "0.1"]),
}
seconds = {}
for run in range(runs):
    for name, program in programs.items():
        for what in ["whole"] if name == "sklearn" else ["whole", "blocks"]:
            program.stdin.write(what + "\n")
            program.stdin.flush()
            answer = program.stdout.readline().strip()
            print(f"{run + 1} {name}: {answer}", flush=True)
            seconds.setdefault((name, what), []).append(float(answer.split()[1]))
rival = statistics.median(seconds["sklearn", "whole"])
for (name, what), values in seconds.items():
    median = statistics.median(values)
    print(f"{name}, {what}: median {median:.3f} s, sklearn takes {rival / median:.1f} times as long")
for program in programs.values():
    program.stdin.close()
    program.wait()
