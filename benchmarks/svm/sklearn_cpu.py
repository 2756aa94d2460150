"""Answers each line with CPU seconds, dual objective and support vectors of one sklearn SVC training. See compare.sh."""
import sys, time
import numpy as np
from sklearn.svm import SVC
import data

x, y = data.read(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    machine = SVC(C=float(sys.argv[2]), gamma=float(sys.argv[3]), tol=1e-3, cache_size=256)
    before = time.process_time()
    machine.fit(x, y)
    spent = time.process_time() - before
    beta = machine.dual_coef_[0]
    # sum alpha - 1/2 beta' K beta, by parts, for there may be many support vectors.
    v, norms = machine.support_vectors_, (machine.support_vectors_ ** 2).sum(axis=1)
    quadratic = 0
    for i in range(0, len(v), 1000):
        squares = norms[i:i + 1000, None] + norms[None, :] - 2 * v[i:i + 1000] @ v.T
        quadratic += beta[i:i + 1000] @ (np.exp(-float(sys.argv[3]) * np.maximum(squares, 0)) @ beta)
    print("%.3f %.6f %d SVs" % (spent, np.abs(beta).sum() - quadratic / 2, len(beta)), flush=True)
