"""An epoch of a network d → hidden ReLU → L with binary cross-entropy and Adam, in NumPy on dense batches."""

from exchange import serve


def epoch(options, arrays):
    import numpy as np

    rows, d, labels = options["rows"], options["features"], options["labels"]
    hidden, batch, rate, shown = (options[name] for name in ("hidden", "batch", "rate", "shown"))

    def given(name, *shape):
        return np.frombuffer(arrays[name], dtype=float).astype(np.float32).reshape(shape)

    x, y = given("x", rows, d), given("y", rows, labels)
    order = np.frombuffer(arrays["order"], dtype=float).astype(int)
    first = [given("w1", d, hidden), given("b1", hidden), given("w2", hidden, labels), given("b2", labels)]

    def forward(x, w1, b1, w2, b2):
        h = np.maximum(x @ w1 + b1, 0)
        return h, h @ w2 + b2

    def run():
        p = [each.copy() for each in first]
        means = [np.zeros_like(each) for each in p]
        squares = [np.zeros_like(each) for each in p]
        loss = 0.0
        for step, start in enumerate(range(0, rows, batch), 1):
            some = order[start : start + batch]
            xs, ys = x[some], y[some]
            h, z = forward(xs, *p)
            loss += float((np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - ys * z).sum())
            dz = (1 / (1 + np.exp(-z)) - ys) / len(some)
            dh = (dz @ p[2].T) * (h > 0)
            for each, g, m, v in zip(p, (xs.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0)), means, squares):
                m *= 0.9
                m += 0.1 * g
                v *= 0.999
                v += 0.001 * g * g
                root = np.sqrt(1 - 0.999**step)
                each -= (rate / (1 - 0.9**step) * root) * m / (np.sqrt(v) + 1e-8 * root)
        return p, loss / rows

    def answer(found):
        p, loss = found
        return {"loss": np.array([loss]), "outputs": forward(x[:shown], *p)[1].astype(float).ravel()}

    return run, answer


if __name__ == "__main__":
    serve({"epoch": epoch})
