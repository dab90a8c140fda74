"""The losses of one ReLU filter under Gaussian inputs, in NumPy: batched over the points; the only loops in Python are over
lags."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from exchange import serve


class Overlap:
    """Loss, gradient and Hessian of the network with overlap for one teacher; what depends on it alone is done once."""

    def __init__(self, teacher, k, stride):
        m = len(teacher)
        self.m, self.k, self.stride = m, k, stride
        self.R = np.linalg.norm(teacher)
        self.v = teacher / self.R
        near = min(k - 1, -(-m // stride) - 1)
        self.near = near
        lags = np.arange(-near, near + 1)
        self.lags = lags
        self.weights = (k - np.abs(lags)).astype(float)
        shared = near * (2 * k - 1 - near)
        self.apart = k * k - k - shared
        # row D: the teacher moved by D strides
        padded = np.pad(self.v, near * stride)
        self.shifted = np.ascontiguousarray(
            sliding_window_view(padded, m)[:: stride][::-1]
        )
        cos = self.shifted @ self.v
        teacher_h = np.where(lags == 0, np.pi, h(np.clip(cos, -1, 1)))
        self.teacher_sum = teacher_h @ self.weights + self.apart

    def loss_and_gradient(self, w):
        """w is [m, n], a point a column, so that all points' coordinates of one index lie side by side: faster than rows."""
        m, R, k, step, centre = self.m, self.R, self.k, self.stride, self.near
        r = np.sqrt(np.einsum("mn,mn->n", w, w))
        u = w / r
        # a filter with itself: lags come in pairs, so half of them will do
        own = np.empty((self.near, w.shape[1]))
        for lag in range(1, self.near + 1):
            np.einsum("mn,mn->n", u[lag * step :], u[: m - lag * step], out=own[lag - 1])
        np.clip(own, -1, 1, out=own)
        own_sin = np.sqrt(1 - own * own)
        own_phi = np.pi - np.arccos(own)
        cross = np.clip(self.shifted @ u, -1, 1)
        cross_sin = np.sqrt((1 - cross) * (1 + cross))
        cross_phi = np.pi - np.arccos(cross)
        # where student and teacher are parallel the arc cosine has lost half of its digits
        minus = np.linalg.norm(u - self.v[:, None], axis=0)
        plus = np.linalg.norm(u + self.v[:, None], axis=0)
        cross_phi[centre] = np.pi - 2 * np.arctan2(minus, plus)
        cross_sin[centre] = minus * plus / 2
        half = self.weights[centre + 1 :]
        own_sum = 2 * (half @ (own_sin + own_phi * own)) + k * np.pi + self.apart
        cross_sum = self.weights @ (cross_sin + cross_phi * cross) + self.apart
        loss = r * r * own_sum - 2 * r * R * cross_sum + R * R * self.teacher_sum
        radial = 2 * r * (half @ own_sin) - R * (self.weights @ cross_sin) + self.apart * (r - R)
        gradient = u * (radial + k * np.pi * r)
        own_phi *= half[:, None]
        own_phi *= r
        for lag, pull in enumerate(own_phi, 1):
            gradient[lag * step :] += pull * u[: m - lag * step]
            gradient[: m - lag * step] += pull * u[lag * step :]
        gradient -= R * (self.shifted.T @ (cross_phi * self.weights[:, None]))
        gradient /= np.pi * k * k
        return loss / (2 * np.pi * k * k), gradient

    def descend(self, w, eta, most, every, tol_gradient, tol_loss):
        """Gradient descent from all columns; those that have arrived are left out of the next steps."""
        n, R = w.shape[1], self.R
        end, losses = w.copy(), np.empty(n)
        alive, at = np.arange(n), w.copy()
        for step in range(most + 1):
            loss, gradient = self.loss_and_gradient(at)
            if step % every == 0 or step == most:
                size = np.linalg.norm(gradient, axis=0)
                done = (loss < tol_loss * R * R) | (size < tol_gradient * R)
                if step == most:
                    done[:] = True
                if done.any():
                    end[:, alive[done]] = at[:, done]
                    losses[alive[done]] = loss[done]
                    alive, at, gradient = alive[~done], at[:, ~done], gradient[:, ~done]
                    if len(alive) == 0:
                        break
            at -= eta * gradient
        return end, losses

    def hessian(self, w):
        m, R, centre = self.m, self.R, self.near
        r = np.linalg.norm(w)
        u = w / r
        moved = sliding_window_view(np.pad(u, centre * self.stride), m)[:: self.stride][::-1]
        keep = self.lags != 0
        weights = self.weights[keep]
        cos = moved[keep] @ u
        sin = np.sqrt((1 - cos) * (1 + cos))
        p = moved[keep] - cos[:, None] * u
        scaled = p * np.divide(weights, sin, out=np.zeros_like(sin), where=sin > 0)[:, None]
        total = scaled.T @ p + scaled.T @ p[::-1]
        phi = weights * (np.pi - np.arccos(np.clip(cos, -1, 1)))
        for lag, value in zip(self.lags[keep], phi):
            total += value * np.eye(m, k=-lag * self.stride)
        cross = self.shifted @ u
        cross_sin = np.sqrt(np.maximum(0, (1 - cross) * (1 + cross)))
        q = self.shifted - cross[:, None] * u
        quotient = np.divide(self.weights, cross_sin, out=np.zeros_like(cross), where=cross_sin > 0)
        total -= (R / r) * (q * quotient[:, None]).T @ q
        across = -(R / r) * (self.weights @ cross_sin + self.apart)
        unit = self.k * np.pi + self.apart + weights @ sin
        total += unit * np.eye(m) + across * (np.eye(m) - np.outer(u, u))
        return (total + total.T) / (2 * np.pi * self.k**2)


def h(cos):
    return np.sqrt((1 - cos) * (1 + cos)) + (np.pi - np.arccos(cos)) * cos


def points(options, arrays):
    """The points as rows, and the teacher."""
    w = np.array(arrays["points"]).reshape(-1, options["m"])
    return w, np.array(arrays["teacher"])


def columns(w):
    return np.ascontiguousarray(w.T)


def batch(options, arrays):
    w, teacher = points(options, arrays)
    net = Overlap(teacher, options["k"], options["stride"])
    w = columns(w)
    answer = lambda result: {"losses": result[0], "gradients": result[1].T.ravel()}
    return lambda: net.loss_and_gradient(w), answer


def descend(options, arrays):
    w, teacher = points(options, arrays)
    net = Overlap(teacher, options["k"], options["stride"])
    rules = [options[name] for name in ("eta", "maxSteps", "every", "tolGradient", "tolLoss")]
    w = columns(w)
    answer = lambda result: {"ends": result[0].T.ravel(), "losses": result[1]}
    return lambda: net.descend(w, *rules), answer


def no_overlap(options, arrays):
    w, teacher = points(options, arrays)
    k = options["k"]
    R = np.linalg.norm(teacher)
    v = teacher / R
    a, b = 1 / k, (k - 1) / (np.pi * k)
    c = a + b

    def run():
        r = np.sqrt(np.einsum("nm,nm->n", w, w))
        u = w / r[:, None]
        theta = 2 * np.arctan2(np.linalg.norm(u - v, axis=1), np.linalg.norm(u + v, axis=1))
        sin, cos = np.sin(theta), np.cos(theta)
        shape = sin + (np.pi - theta) * cos
        loss = c / 2 * (r * r + R * R) - r * R * (a * shape / np.pi + b)
        gradient = c * w - ((b * R + a * R * sin / np.pi)[:, None] * u)
        gradient -= (a * (1 - theta / np.pi))[:, None] * teacher
        return loss, gradient

    return run, lambda result: {"losses": result[0], "gradients": result[1].ravel()}


def sample(options, arrays):
    m, k, n = options["m"], options["k"], options["n"]
    x = np.array(arrays["x"]).reshape(n, -1)
    y, w = np.array(arrays["y"]), np.array(arrays["w"])
    # a window a row, copied once: the products are then plain ones
    windows = np.ascontiguousarray(sliding_window_view(x, m, axis=1)[:, :: options["stride"]])
    rows = windows.reshape(n * k, m)

    def run():
        z = (rows @ w).reshape(n, k)
        off = np.maximum(z, 0).mean(1) - y
        pull = np.where(z > 0, (2 / (n * k)) * off[:, None], 0).ravel()
        return (off @ off) / n, pull @ rows

    return run, lambda result: {"loss": [result[0]], "gradient": result[1]}


def certificate(options, arrays):
    """What a certificate of a local minimum consists of, in plain float64: nothing here encloses the rounding."""
    from scipy.linalg import eigvalsh
    from scipy.optimize import brentq

    w, teacher = points(options, arrays)
    k = options["k"]
    net = Overlap(teacher, k, options["stride"])
    shared = k * k - k - net.apart
    C1, C2 = (4 + 2 / np.sqrt(3)) / (2 * np.pi), (1 + 2 / np.sqrt(3)) / (2 * np.pi)
    own = (2 * C1 + 6 * C2) * shared / k**2
    cross = (2 * C1 * (k + shared) + 2 / np.pi * net.apart) * net.R / k**2
    r = np.linalg.norm(w)

    def run():
        loss, gradient = net.loss_and_gradient(w.T)
        least = eigvalsh(net.hessian(w[0]), subset_by_index=[0, 0])[0]
        lipschitz = lambda radius: own / (r - radius) + cross / (r - radius) ** 2
        spare = lambda radius: least / 2 - lipschitz(radius) * radius
        radius = brentq(spare, 0, r * (1 - 1e-9), xtol=1e-14)
        convexity = least - lipschitz(radius) * radius
        return loss[0], np.linalg.norm(gradient), least, radius, convexity

    names = ("loss", "gradient", "least", "radius", "convexity")
    return run, lambda result: {name: [x] for name, x in zip(names, result)}


if __name__ == "__main__":
    serve({"certificate": certificate, "sample": sample, "batch": batch, "descend": descend, "noOverlap": no_overlap})
