"""Projection of many rows onto the capped simplex with its gradient, by sorted breakpoints in NumPy and by bisection in PyTorch,
and the distribution of a count of independent labels in NumPy, vectorized over rows.
"""

from exchange import serve


def given(options, arrays):
    import numpy as np

    shape = (options["rows"], options["labels"])
    v = np.frombuffer(arrays["scores"], dtype=float).reshape(shape)
    g = np.frombuffer(arrays["upstream"], dtype=float).reshape(shape)
    return v, np.frombuffer(arrays["budgets"], dtype=float), g


def gradients(np, y, g):
    free = (y > 0) & (y < 1)
    m = (free * g).sum(1) / np.maximum(1, free.sum(1))
    return free * (g - m[:, None]), m


def answer(found):
    import numpy as np

    y, by_scores, by_budgets = (np.asarray(x, dtype=float) for x in found)
    return {"y": y.ravel(), "byScores": by_scores.ravel(), "byBudgets": by_budgets}


def sorted_numpy(options, arrays):
    import numpy as np

    v, z, g = given(options, arrays)
    rows, n = v.shape

    def run():
        # Σ clip(v − τ, 0, 1) between breakpoints is a line whose slope changes by one at each
        points = np.concatenate([v, v - 1], axis=1)
        order = np.argsort(points, axis=1)
        points = np.take_along_axis(points, order, axis=1)
        # passing v − 1 upwards a label becomes free, passing v it is 0
        free = np.cumsum(np.where(order < n, -1, 1), axis=1)
        sums = np.empty_like(points)
        sums[:, 0] = n
        np.cumsum(np.diff(points, axis=1) * free[:, :-1], axis=1, out=sums[:, 1:])
        sums[:, 1:] = n - sums[:, 1:]
        at = np.clip((sums >= z[:, None]).sum(1) - 1, 0, 2 * n - 1)
        r = np.arange(rows)
        tau = points[r, at] + (sums[r, at] - z) / np.maximum(1, free[r, at])
        y = np.clip(v - tau[:, None], 0, 1)
        return (y, *gradients(np, y, g))

    return run, answer


def bisection_torch(options, arrays):
    import torch

    v, z, g = (torch.tensor(x.copy()) for x in given(options, arrays))

    def run():
        low = v.min(1).values - 1
        high = v.max(1).values
        for _ in range(50):
            middle = (low + high) / 2
            above = torch.clamp(v - middle[:, None], 0, 1).sum(1) > z
            low = torch.where(above, middle, low)
            high = torch.where(above, high, middle)
        y = torch.clamp(v - ((low + high) / 2)[:, None], 0, 1)
        free = (y > 0) & (y < 1)
        m = (free * g).sum(1) / torch.clamp(free.sum(1), min=1)
        return y, free * (g - m[:, None]), m

    return run, answer


def poisson_binomial(options, arrays):
    import numpy as np

    rows, n = options["rows"], options["labels"]
    p = np.frombuffer(arrays["p"], dtype=float).reshape(rows, n)

    def run():
        pmf = np.zeros((rows, n + 1))
        pmf[:, 0] = 1
        for i in range(n):
            yes = p[:, i : i + 1]
            moved = pmf[:, : i + 1] * yes
            pmf[:, : i + 1] *= 1 - yes
            pmf[:, 1 : i + 2] += moved
        return pmf

    return run, lambda pmf: {"pmf": pmf.ravel()}


if __name__ == "__main__":
    serve(
        {"sorted": sorted_numpy, "bisection": bisection_torch, "count": poisson_binomial},
        threaded=False,
    )
