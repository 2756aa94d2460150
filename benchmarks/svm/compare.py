"""Trains with Kiln and with sklearn in turns, one thread each, and prints medians of CPU seconds and their ratios.

Run benchmarks/svm/compare.sh, which sets the class path up.
"""
import os, resource, statistics, subprocess, sys, tempfile
import data

classpath, java, runs, names = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
here = os.path.dirname(os.path.abspath(__file__))
root = os.path.join(here, "..", "..")
env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
folder = tempfile.mkdtemp(prefix="kiln-svm-")
# Name: how to make it, C, gamma, what Kiln trains on beside all rows at once: rows of a block; runs that do not count.
sets = {
    "magic04": (lambda: data.magic(folder, root), "10", "0.1", ["2000"], 4),
    "20": (lambda: data.generated(folder, "20", 24576, 20, 10, 0.02), "1", "0.02", ["1024", "128"], 3),
    "784": (lambda: data.generated(folder, "784", 20000, 784, 100, 0.02), "1", str(1 / 784), [], 1),
}

def start(command):
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    while p.stdout.readline().strip() != "ready":
        if p.poll() is not None:
            sys.exit("could not start " + " ".join(command[:3]))
    return p

def ask(program, what):
    program.stdin.write(what + "\n")
    program.stdin.flush()
    return program.stdout.readline().strip()

def compare(name):
    make, c, gamma, blocks, warm = sets[name]
    path = make()
    kiln = ["-Xmx3g", "-cp", classpath, os.path.join(here, "TrainCpu.java"), path, c, gamma]
    programs = {
        "kiln, plain loops": start([java, *kiln]),
        "kiln, Vector API": start([java, "--add-modules", "jdk.incubator.vector", *kiln]),
        "sklearn": start(["/usr/bin/python3", os.path.join(here, "sklearn_cpu.py"), path, c, gamma]),
    }
    seconds, critical = {}, {}
    for run in range(-warm, runs):
        for who, program in programs.items():
            if run < 0 and who == "sklearn":
                continue
            for what in ["whole"] if who == "sklearn" else ["whole", *blocks]:
                answer = ask(program, what)
                if run >= 0:
                    print(f"{name} {run + 1} {who}, {what}: {answer}", flush=True)
                    seconds.setdefault((who, what), []).append(float(answer.split()[0]))
                    if "path" in answer:
                        critical.setdefault((who, what), []).append(float(answer.split()[6].rstrip(",")))
    rival = statistics.median(seconds["sklearn", "whole"])
    for (who, what), values in seconds.items():
        median = statistics.median(values)
        line = f"{name} {who}, {what}: median {median:.3f} s, sklearn takes {rival / median:.1f} times as long"
        if (who, what) in critical:
            longest = statistics.median(critical[who, what])
            line += f"; critical path {longest:.3f} s, {rival / longest:.1f} times"
        print(line, flush=True)
    for program in programs.values():
        program.stdin.close()
        program.wait()

def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

def cold():
    """CPU seconds of a whole process that reads magic04 and trains on it: start-up, compilation and all its threads."""
    csv = os.path.join(root, "examples", "data", "magic04.train.csv")
    sk = ("import csv,numpy as np;from sklearn.svm import SVC;r=list(csv.reader(open(%r)))[1:];"
          "x=np.array([[float(v) for v in q[:-1]] for q in r]);x=(x-x.mean(axis=0))/x.std(axis=0);"
          "SVC(C=10,gamma=0.1,cache_size=256).fit(x,[q[-1]=='g' for q in r])" % csv)
    train = [os.path.join(root, "kiln"), "csvm", "train", csv, "--label", "last", "--positive", "g", "--standardize",
             "--c", "10", "--gamma", "0.1", "--model", os.path.join(folder, "magic.svm")]
    commands = {
        "kiln, one block": [*train, "--block-rows", "16000"],
        "kiln, 8 blocks": [*train, "--block-rows", "2000"],
        "sklearn": ["/usr/bin/python3", "-c", sk],
    }
    seconds = {}
    for run in range(runs):
        for who, command in commands.items():
            before = children()
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
            seconds.setdefault(who, []).append(children() - before)
            print(f"cold {run + 1} {who}: {seconds[who][-1]:.2f} CPU s", flush=True)
    for who, values in seconds.items():
        print(f"cold {who}: median {statistics.median(values):.2f} CPU s of the whole process", flush=True)

for name in names or [*sets, "cold"]:
    cold() if name == "cold" else compare(name)
