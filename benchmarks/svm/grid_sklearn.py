"""Answers each line with CPU seconds and accuracies of sklearn's GridSearchCV, one process. See tune.sh.

Folds are those of kiln csvm tune: that of a row is SplittableRandom(seed ^ row * 0x9E3779B97F4A7C15).nextInt(folds).
"""
import sys, time
import numpy as np
from sklearn.model_selection import GridSearchCV, PredefinedSplit
from sklearn.svm import SVC
import data

GOLDEN, MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1

def mix32(z):
    z = ((z ^ z >> 33) * 0x62A9D9ED799705F5) & MASK
    z = ((z ^ z >> 28) * 0xCB24D0A5C88C35B3) & MASK
    return z >> 32

def fold(row, seed, folds):
    state, mask = (seed ^ row * GOLDEN) & MASK, folds - 1
    state = (state + GOLDEN) & MASK
    r = mix32(state)
    if folds & mask == 0:
        return r & mask
    u = r >> 1
    while u + mask - u % folds >= 1 << 31:
        state = (state + GOLDEN) & MASK
        u = mix32(state) >> 1
    return u % folds

x, y = data.read(sys.argv[1])
cs, gammas = ([float(v) for v in a.split(",")] for a in sys.argv[2:4])
folds = int(sys.argv[4])
split = PredefinedSplit([fold(i, 1, folds) for i in range(len(y))])
sizes = np.bincount(split.test_fold)
print("ready", flush=True)
for line in sys.stdin:
    before = time.process_time()
    search = GridSearchCV(SVC(tol=1e-3, cache_size=256), {"C": cs, "gamma": gammas}, cv=split, refit=False).fit(x, y)
    spent = time.process_time() - before
    found = search.cv_results_
    scores = np.array([found["split%d_test_score" % f] for f in range(folds)])
    cells = ["%r:%r:%.6f" % (p["C"], p["gamma"], a) for p, a in zip(found["params"], sizes @ scores / len(y))]
    print("%.3f" % spent, *cells, flush=True)
