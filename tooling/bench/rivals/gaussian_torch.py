"""The losses of one ReLU filter under Gaussian inputs, in PyTorch on the CPU: float64, batched, closed forms without autograd
(and loss and gradient with it, as most would write it first)."""

import math

import torch

from exchange import serve

torch.set_default_dtype(torch.float64)


class Overlap:
    """Loss and gradient of the network with overlap for one teacher; what depends on it alone is done once."""

    def __init__(self, teacher, k, stride):
        m = len(teacher)
        self.m, self.k, self.stride = m, k, stride
        self.R = teacher.norm()
        self.v = teacher / self.R
        near = min(k - 1, -(-m // stride) - 1)
        self.near = near
        lags = torch.arange(-near, near + 1)
        self.weights = (k - lags.abs()).double()
        shared = near * (2 * k - 1 - near)
        self.apart = k * k - k - shared
        padded = torch.nn.functional.pad(self.v, (near * stride, near * stride))
        # row D: the teacher moved by D strides
        self.shifted = padded.unfold(0, m, stride).flip(0).contiguous()
        cos = (self.shifted @ self.v).clamp(-1, 1)
        teacher_h = torch.where(lags == 0, math.pi, h(cos))
        self.teacher_sum = teacher_h @ self.weights + self.apart

    def own_cosines(self, u):
        """[near, n]: of every column with itself moved by 1, 2, … strides."""
        step = self.stride
        shifts = [lag * step for lag in range(1, self.near + 1)]
        return torch.stack([(u[shift:] * u[: self.m - shift]).sum(0) for shift in shifts])

    def loss_and_gradient(self, w):
        """w is [m, n], a point a column, so that all points' coordinates of one index lie side by side: faster than rows."""
        m, R, k, centre = self.m, self.R, self.k, self.near
        r = torch.linalg.vector_norm(w, dim=0)
        u = w / r
        own = self.own_cosines(u).clamp_(-1, 1)
        own_sin = (1 - own * own).sqrt_()
        own_phi = math.pi - own.arccos()
        cross = (self.shifted @ u).clamp_(-1, 1)
        cross_sin = ((1 - cross) * (1 + cross)).sqrt_()
        cross_phi = math.pi - cross.arccos()
        # where student and teacher are parallel the arc cosine has lost half of its digits
        v = self.v[:, None]
        minus, plus = (u - v).norm(dim=0), (u + v).norm(dim=0)
        cross_phi[centre] = math.pi - 2 * torch.atan2(minus, plus)
        cross_sin[centre] = minus * plus / 2
        half = self.weights[centre + 1 :]
        own_sum = 2 * (half @ (own_sin + own_phi * own)) + (k * math.pi + self.apart)
        cross_sum = self.weights @ (cross_sin + cross_phi * cross) + self.apart
        loss = r * r * own_sum - 2 * r * R * cross_sum + R * R * self.teacher_sum
        radial = 2 * r * (half @ own_sin) - R * (self.weights @ cross_sin) + self.apart * (r - R)
        gradient = u * (radial + k * math.pi * r)
        for lag, pull in enumerate(own_phi * half[:, None] * r, 1):
            shift = lag * self.stride
            pull = pull.expand(m - shift, -1)
            gradient[shift:].addcmul_(pull, u[: m - shift])
            gradient[: m - shift].addcmul_(pull, u[shift:])
        gradient -= R * (self.shifted.T @ (cross_phi * self.weights[:, None]))
        return loss / (2 * math.pi * k * k), gradient / (math.pi * k * k)

    def loss(self, w):
        """The loss alone, to be differentiated."""
        r = torch.linalg.vector_norm(w, dim=0)
        u = w / r
        own_sum = 2 * (self.weights[self.near + 1 :] @ h(self.own_cosines(u)))
        own_sum = own_sum + (self.k * math.pi + self.apart)
        cross_sum = self.weights @ h(self.shifted @ u) + self.apart
        R = self.R
        loss = r * r * own_sum - 2 * r * R * cross_sum + R * R * self.teacher_sum
        return loss / (2 * math.pi * self.k**2)

    def descend(self, w, eta, most, every, tol_gradient, tol_loss):
        """Gradient descent from all columns; those that have arrived are left out of the next steps."""
        n, R = w.shape[1], self.R
        end, losses = w.clone(), torch.empty(n)
        alive, at = torch.arange(n), w.clone()
        for step in range(most + 1):
            loss, gradient = self.loss_and_gradient(at)
            if step % every == 0 or step == most:
                done = (loss < tol_loss * R * R) | (gradient.norm(dim=0) < tol_gradient * R)
                if step == most:
                    done.fill_(True)
                if done.any():
                    end[:, alive[done]] = at[:, done]
                    losses[alive[done]] = loss[done]
                    alive, at, gradient = alive[~done], at[:, ~done], gradient[:, ~done]
                    if len(alive) == 0:
                        break
            at.sub_(gradient, alpha=eta)
        return end, losses


def h(cos):
    return ((1 - cos) * (1 + cos)).sqrt() + (math.pi - cos.arccos()) * cos


def points(options, arrays):
    """The points as rows, and the teacher."""
    w = torch.frombuffer(arrays["points"], dtype=torch.float64).reshape(-1, options["m"])
    return w, torch.frombuffer(arrays["teacher"], dtype=torch.float64)


def columns(w):
    return w.T.contiguous()


def losses_and_gradients(result):
    return {"losses": result[0].detach().numpy(), "gradients": result[1].numpy().ravel()}


def losses_and_columns(result):
    return {"losses": result[0].detach().numpy(), "gradients": result[1].numpy().T.ravel()}


@torch.no_grad()
def batch(options, arrays):
    w, teacher = points(options, arrays)
    net = Overlap(teacher, options["k"], options["stride"])
    w = columns(w)
    return torch.no_grad()(lambda: net.loss_and_gradient(w)), losses_and_columns


def autograd(options, arrays):
    w, teacher = points(options, arrays)
    net = Overlap(teacher, options["k"], options["stride"])
    w = columns(w).requires_grad_()

    def run():
        losses = net.loss(w)
        return losses, torch.autograd.grad(losses.sum(), w)[0]

    return run, losses_and_columns


@torch.no_grad()
def descend(options, arrays):
    w, teacher = points(options, arrays)
    net = Overlap(teacher, options["k"], options["stride"])
    w = columns(w)
    rules = [options[name] for name in ("every", "tolGradient", "tolLoss")]
    run = lambda most: net.descend(w, options["eta"], most, *rules)
    answer = lambda result: {"ends": result[0].numpy().T.ravel(), "losses": result[1].numpy()}
    no_grad = torch.no_grad()
    return no_grad(lambda: run(options["maxSteps"])), answer, no_grad(lambda: run(100))


@torch.no_grad()
def no_overlap(options, arrays):
    w, teacher = points(options, arrays)
    k = options["k"]
    R = teacher.norm()
    v = teacher / R
    a, b = 1 / k, (k - 1) / (math.pi * k)
    c = a + b

    def run():
        r = w.norm(dim=1)
        u = w / r[:, None]
        theta = 2 * torch.atan2((u - v).norm(dim=1), (u + v).norm(dim=1))
        sin, cos = theta.sin(), theta.cos()
        shape = sin + (math.pi - theta) * cos
        loss = c / 2 * (r * r + R * R) - r * R * (a / math.pi * shape + b)
        gradient = c * w - (b * R + a * R / math.pi * sin)[:, None] * u
        gradient -= (a * (1 - theta / math.pi))[:, None] * teacher
        return loss, gradient

    return torch.no_grad()(run), losses_and_gradients


def sample(options, arrays):
    m, n = options["m"], options["n"]
    single = lambda name: torch.frombuffer(arrays[name], dtype=torch.float64)
    x, y = single("x").view(n, -1), single("y")
    w = single("w").clone().requires_grad_()
    windows = x.unfold(1, m, options["stride"]).contiguous()

    def run():
        loss = ((windows @ w).relu().mean(1) - y).square().mean()
        return loss, torch.autograd.grad(loss, w)[0]

    return run, lambda result: {"loss": [result[0].item()], "gradient": result[1].numpy()}


if __name__ == "__main__":
    tasks = {"batch": batch, "autograd": autograd, "descend": descend}
    serve({**tasks, "noOverlap": no_overlap, "sample": sample}, torch.set_num_threads)
