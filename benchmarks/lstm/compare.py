"""Trains the paper's LSTM with Kiln and with PyTorch in turns, one thread each, and prints medians of CPU seconds.

Run benchmarks/lstm/compare.sh, which sets the class path up.
"""
import os, statistics, subprocess, sys

classpath, java, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
here = os.path.dirname(os.path.abspath(__file__))
data = os.path.join(here, "..", "..", "examples", "data", "node_3_utilisation.csv")
env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE")

def start(*command):
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    while p.stdout.readline().strip() != "ready":
        if p.poll() is not None:
            sys.exit("could not start " + " ".join(command[:3]))
    return p

def kiln(engine, *options):
    return start(java, "-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                 "--sun-misc-unsafe-memory-access=allow", *options, "-cp", classpath,
                 os.path.join(here, "TrainCpu.java"), data, engine)

def pytorch(how):
    return start("/usr/bin/python3", os.path.join(here, "torch_cpu.py"), data, how)

rival = "PyTorch, DataLoader"
programs = {
    "Kiln, java, Vector API": kiln("java", "--add-modules", "jdk.incubator.vector"),
    "Kiln, java, plain loops": kiln("java"),
}
if os.environ.get("KILN_TORCH"):
    programs["Kiln, torch"] = kiln("torch")
programs["PyTorch, rows by index"] = pytorch("index")
programs[rival] = pytorch("loader")

seconds, evals, memory = {}, {}, {}
for run in range(runs + 1):
    for name, program in programs.items():
        program.stdin.write("train\n")
        program.stdin.flush()
        answer = program.stdout.readline().split()
        note = " (not counted: the first 100 epochs)" if run == 0 else ""
        print(f"{run} {name}: {answer[0]} s, evaluations {answer[1]} s{note}", flush=True)
        if run > 0:
            seconds.setdefault(name, []).append(float(answer[0]))
            evals.setdefault(name, []).append(float(answer[1]))
        with open(f"/proc/{program.pid}/status") as status:
            memory[name] = [int(l.split()[1]) / 1000 for l in status if l.startswith("VmHWM")][0]
base = statistics.median(seconds[rival])
print("\n| trainer | CPU s, median of %d | of PyTorch's | 100 evaluations | peak MB |\n|---|---|---|---|---|" % runs)
for name, values in seconds.items():
    median = statistics.median(values)
    print(f"| {name} | {median:.2f} | {median / base:.2f} | {statistics.median(evals[name]):.2f} | {memory[name]:.0f} |")
for program in programs.values():
    program.stdin.close()
    program.wait()
