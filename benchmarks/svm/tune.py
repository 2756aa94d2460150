"""What tune.sh runs: medians of CPU seconds, their ratios, and by how much accuracies differ."""
import os, statistics, subprocess, sys, tempfile
import numpy as np
import data

classpath, java, runs, rows, cs, gammas = sys.argv[1:7]
here = os.path.dirname(os.path.abspath(__file__))

def start(*command):
    process = subprocess.Popen(command, cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while process.stdout.readline().strip() != "ready":
        if process.poll() is not None:
            sys.exit("%s ended" % command[0])
    return process

def ask(process, line):
    process.stdin.write(line + "\n")
    process.stdin.flush()
    answer = process.stdout.readline().split()
    cells = {}
    for cell in answer[1:]:
        c, gamma, accuracy = map(float, cell.split(":"))
        cells[c, gamma] = accuracy
    return float(answer[0]), cells

with tempfile.TemporaryDirectory() as folder:
    x, y = data.read(data.magic(folder, os.path.join(here, "..", "..")))
    which = np.random.RandomState(1).permutation(len(y))[:int(rows)]
    path = data.write(folder, "grid", x[which], y[which])
    plain = [java, "-Xmx2g", "-XX:+UseSerialGC", "-cp", classpath, "GridCpu.java", path, cs, gammas, "5"]
    trainers = {
        "sklearn GridSearchCV": (start(sys.executable, "grid_sklearn.py", path, cs, gammas, "5"), "all"),
        "Kiln, one block": (start(*plain), rows),
        "Kiln, blocks of a quarter": (start(*plain), str(int(rows) // 4)),
        "Kiln, one block, Vector API": (start(*plain[:1], "--add-modules", "jdk.incubator.vector", *plain[1:]), rows),
    }
    for name, (process, line) in trainers.items():
        if not name.startswith("sklearn"):
            ask(process, line)  # compiles
    spent = {name: [] for name in trainers}
    cells = {}
    for run in range(int(runs)):
        for name, (process, line) in trainers.items():
            seconds, cells[name] = ask(process, line)
            spent[name].append(seconds)
    rival = "sklearn GridSearchCV"
    print("| search | CPU s | sklearn takes | best C, gamma | accuracies differ by at most |\n|---|---|---|---|---|")
    for name in trainers:
        seconds = statistics.median(spent[name])
        apart = max(abs(cells[name][cell] - cells[rival][cell]) for cell in cells[rival])
        best = min(cells[name], key=lambda cell: (-cells[name][cell], cell))
        print("| %s | %.2f | %.1f times as long | %g, %g | %.3f points |"
              % (name, seconds, statistics.median(spent[rival]) / seconds, *best, 100 * apart))
    for process, line in trainers.values():
        process.stdin.close()
        process.wait()
