"""SGD on the hinge loss of a two-layer leaky-ReLU network, one example at a time, in PyTorch on the CPU: as the tutorials write it,
and by hand. Single precision, as PyTorch has it by default."""

import time

import torch
from torch.nn.functional import leaky_relu

from exchange import serve


class Problem:
    def __init__(self, options, arrays):
        k, d = options["k"], options["d"]
        as_rows = lambda name, cols: torch.frombuffer(arrays[name], dtype=torch.float64).float().reshape(-1, cols)
        self.k, self.d = k, d
        self.x, self.start = as_rows("x", d), as_rows("start", d)
        self.y = torch.frombuffer(arrays["y"], dtype=torch.float64).float()
        self.visits = [int(i) for i in arrays["visits"]]
        self.alpha, self.eta = options["alpha"], options["eta"]
        self.second = torch.full((2 * k,), options["v"])
        self.second[k:] *= -1


class Net(torch.nn.Module):
    def __init__(self, p):
        super().__init__()
        self.first = torch.nn.Linear(p.d, 2 * p.k, bias=False)
        with torch.no_grad():
            self.first.weight.copy_(p.start)
        self.register_buffer("second", p.second)
        self.alpha = p.alpha

    def forward(self, x):
        return leaky_relu(self.first(x), self.alpha) @ self.second


class Clock:
    """Time of visits that update and of those that do not, apart: they are scaled by their own counts."""

    def __init__(self):
        self.at_step, self.seconds, self.since = [], [0.0, 0.0], time.perf_counter()

    def visited(self, step, updated):
        now = time.perf_counter()
        self.seconds[updated] += now - self.since
        self.since = now
        if updated:
            self.at_step.append(step)


def answer(clock):
    return {"atStep": clock.at_step, "seconds": clock.seconds}


def idiomatic(options, arrays):
    """Forward, backward, step at every visit."""
    p = Problem(options, arrays)

    def run(visits):
        net = Net(p)
        optimizer = torch.optim.SGD(net.parameters(), lr=p.eta)
        clock = Clock()
        for step, i in enumerate(visits, 1):
            optimizer.zero_grad()
            loss = torch.relu(1 - p.y[i] * net(p.x[i]))
            loss.backward()
            optimizer.step()
            clock.visited(step, loss.item() > 0)
        return clock

    return lambda: run(p.visits), answer, lambda: run(p.visits[:50])


def by_hand(options, arrays):
    """No autograd; nothing but the forward pass where the loss is 0; the update is one product of rank 1, in place."""
    p = Problem(options, arrays)
    rows, labels = list(p.x), p.y.tolist()

    def run(visits):
        w, z = p.start.clone(), torch.empty(2 * p.k)
        clock = Clock()
        for step, i in enumerate(visits, 1):
            torch.mv(w, rows[i], out=z)
            margin = labels[i] * torch.dot(leaky_relu(z, p.alpha), p.second).item()
            if margin < 1:
                slopes = torch.where(z > 0, p.second, p.alpha * p.second)
                w.addr_(slopes, rows[i], alpha=p.eta * labels[i])
            clock.visited(step, margin < 1)
        return clock

    no_grad = torch.inference_mode()
    return no_grad(lambda: run(p.visits)), answer, no_grad(lambda: run(p.visits[:50]))


def ahead(options, arrays):
    """By hand, and the visits to come are evaluated in blocks, as one product of matrices, up to the first that updates. Goes on
    until the loss is 0."""
    p = Problem(options, arrays)
    order = torch.tensor(p.visits)
    n, (least, most) = len(p.x), options["blocks"]

    def run(total):
        w = p.start.clone()
        at_step, at, last, size = [], 0, 0, least
        # n visits without an update show every example only if they begin with an epoch: two epochs do for certain
        while at < total and at - last < 2 * n:
            block = order[at : at + size]
            xb, yb = p.x[block], p.y[block]
            z = xb @ w.T
            margins = yb * (leaky_relu(z, p.alpha) @ p.second)
            below = (margins < 1).nonzero()
            if len(below) == 0:
                at += len(block)
                size = min(2 * size, most)
                continue
            first = below[0, 0]
            slopes = torch.where(z[first] > 0, p.second, p.alpha * p.second)
            w.addr_(slopes, xb[first], alpha=p.eta * yb[first].item())
            at += first.item() + 1
            at_step.append(at)
            last, size = at, least
        return at_step

    prefix = options["prefix"]
    compared = lambda at_step: {"atStep": [step for step in at_step if step <= prefix]}
    no_grad = torch.inference_mode()
    return no_grad(lambda: run(len(order))), compared, no_grad(lambda: run(2000))


if __name__ == "__main__":
    serve({"idiomatic": idiomatic, "byHand": by_hand, "ahead": ahead}, torch.set_num_threads)
