"""Answers each line "train" with the CPU seconds of 100 epochs, and of 100 evaluations. See compare.sh."""
import csv, sys, time
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(1)
torch.manual_seed(1)
with open(sys.argv[1]) as f:
    values = np.array([[float(v) for v in row[1:]] for row in list(csv.reader(f))[1:]])
split = int(0.8 * len(values))
low, high = values[:split].min(axis=0), values[:split].max(axis=0)
scaled = ((values - low) / (high - low)).astype(np.float32)

def windows(rows):
    x = np.stack([rows[i : i + 6] for i in range(len(rows) - 6)])
    return torch.from_numpy(x), torch.from_numpy(rows[6:].copy())

class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 64, batch_first=True)
        self.fc = nn.Linear(64, 2)

    def forward(self, x):
        return self.fc(self.lstm(x)[0][:, -1, :])

x, y = windows(scaled[:split])
test = windows(scaled[split:])
loader = DataLoader(TensorDataset(x, y), batch_size=64, shuffle=True)
tests = DataLoader(TensorDataset(*test), batch_size=64)
network, criterion = Network(), nn.MSELoss()
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)

def batches():
    if sys.argv[2] == "loader":
        yield from loader
    else:
        order = torch.randperm(len(x))
        for i in range(0, len(x), 64):
            part = order[i : i + 64]
            yield x[part], y[part]

print("ready", flush=True)
for line in sys.stdin:
    before = time.process_time()
    for epoch in range(100):
        for xs, ys in batches():
            optimizer.zero_grad()
            loss = criterion(network(xs), ys)
            loss.backward()
            optimizer.step()
            loss.item()
    trained = time.process_time()
    with torch.no_grad():
        for _ in range(100):
            for xs, ys in tests:
                criterion(network(xs), ys).item()
    print("%.3f %.3f" % (trained - before, time.process_time() - trained), flush=True)
