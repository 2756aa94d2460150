"""Answers each line "whole" with the CPU seconds of one sklearn SVC training. See compare.sh."""
import csv, sys, time
import numpy as np
from sklearn.svm import SVC

def load(path):
    with open(path) as f:
        rows = list(csv.reader(f))[1:]
    x = np.array([[float(v) for v in r[:-1]] for r in rows])
    return x, np.array([1 if r[-1] == "g" else -1 for r in rows])

x, y = load(sys.argv[1])
xt, yt = load(sys.argv[2])
mean, dev = x.mean(axis=0), x.std(axis=0)
x, xt = (x - mean) / dev, (xt - mean) / dev
print("ready", flush=True)
for line in sys.stdin:
    machine = SVC(C=float(sys.argv[3]), gamma=float(sys.argv[4]), tol=1e-3, cache_size=256)
    before = time.process_time()
    machine.fit(x, y)
    spent = time.process_time() - before
    print("sklearn %.3f s, %d SVs, test %.4f %%" % (spent, machine.n_support_.sum(), 100 * machine.score(xt, yt)), flush=True)
