"""Forward–backward of many chains in PyTorch on the CPU, eager, double precision, all chains at once.

Autograd: log Z by a log-sum-exp a step, as CRF modules for PyTorch have it, and the marginals as its gradient. Products: both passes
by hand, each step a product with the exponentials of the shared table.
"""

import torch

from exchange import serve


def tensors(options, arrays):
    batch, length, states = (options[name] for name in ("batch", "length", "states"))
    double = lambda name: torch.frombuffer(arrays[name], dtype=torch.float64)
    return double("unary").view(batch, length, states), double("transition").view(states, states)


def shown(found):
    return {"logZ": found[0], "node": found[1].flatten()}


def autograd(options, arrays):
    unary, table = tensors(options, arrays)
    batch, length, states = unary.shape

    def run():
        u = unary.detach().requires_grad_()
        # a table for each step, so that its gradient is that of the pairs
        tables = [table.expand(batch, states, states).requires_grad_() for _ in range(length - 1)]
        # not u[:, t], whose gradient would have the size of u at each t
        f, *later = u.unbind(1)
        for step, scores in zip(tables, later):
            f = torch.logsumexp(f[:, :, None] + step, 1) + scores
        log_z = torch.logsumexp(f, 1)
        node, *pair = torch.autograd.grad(log_z.sum(), (u, *tables))
        return log_z.detach(), node, pair

    return run, shown


def shared(options, arrays):
    unary, table = tensors(options, arrays)

    def run():
        u = unary.detach().requires_grad_()
        a = table.detach().requires_grad_()
        f, *later = u.unbind(1)
        for scores in later:
            f = torch.logsumexp(f[:, :, None] + a, 1) + scores
        log_z = torch.logsumexp(f, 1)
        node, pairs = torch.autograd.grad(log_z.sum(), (u, a))
        return log_z.detach(), node, pairs

    return run, shown


def products(options, arrays):
    unary, table = tensors(options, arrays)
    length = unary.shape[1]

    @torch.no_grad()
    def run():
        top = table.max()
        factors = (table - top).exp()

        def times(h, matrix):
            high = h.amax(1, keepdim=True)
            return ((h - high).exp() @ matrix).log() + (high + top)

        f, g = [unary[:, 0]], [unary[:, -1]]
        for t in range(1, length):
            f.append(times(f[-1], factors) + unary[:, t])
        for t in range(length - 2, -1, -1):
            g.append(times(g[-1], factors.T) + unary[:, t])
        f, g = torch.stack(f, 1), torch.stack(g[::-1], 1)
        log_z = torch.logsumexp(f[:, -1], 1)
        node = (f + g - unary - log_z[:, None, None]).exp()
        pair = f[:, :-1, :, None] + table + g[:, 1:, None, :]
        return log_z, node, pair.sub_(log_z[:, None, None, None]).exp_()

    return run, shown


if __name__ == "__main__":
    tasks = {"autograd": autograd, "shared": shared, "products": products}
    serve(tasks, torch.set_num_threads)
