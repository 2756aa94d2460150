"""Writes the rows that the programs of compare.py train on: counts, then floats row after row, then labels +1 and -1."""
import csv, os, struct
import numpy as np

def magic(folder, root):
    with open(os.path.join(root, "examples", "data", "magic04.train.csv")) as f:
        rows = list(csv.reader(f))[1:]
    x = np.array([[float(v) for v in r[:-1]] for r in rows])
    return write(folder, "magic04", (x - x.mean(axis=0)) / x.std(axis=0), np.array([1 if r[-1] == "g" else -1 for r in rows]))

def generated(folder, name, n, d, informative, flip):
    from sklearn.datasets import make_classification
    x, y = make_classification(n, d, n_informative=informative, n_redundant=0, n_clusters_per_class=4, flip_y=flip,
                               class_sep=1.5, random_state=7)
    return write(folder, name, x, 2 * y - 1)

def write(folder, name, x, y):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(struct.pack("<ii", *x.shape))
        f.write(x.astype("<f4").tobytes())
        f.write(y.astype("i1").tobytes())
    return path

def read(path):
    with open(path, "rb") as f:
        n, d = struct.unpack("<ii", f.read(8))
        x = np.frombuffer(f.read(4 * n * d), "<f4").reshape(n, d).astype(float)
        return x, np.frombuffer(f.read(n), "i1").astype(int)
