"""A training step of the graph-permutation-invariant layer in PyTorch on the CPU, single precision, sums as pools.

    phi = relu(linear [z_i, z_ij, z_j]),  s_i = sum over j != i,  alpha = relu(linear [z_i, s_i]),  g = sum over i
    y_k = linear relu(linear [z_k, s_k, g]),  y_kl = linear relu(linear [z_k, z_l, z_kl, z_lk, s_k, s_l, g])

Tiled: the arguments of every pair are put side by side and multiplied, as the authors' code does. Factored: the first layer is
applied once to each node and once to each pair, and the products are added.
"""

import torch
from torch.nn.functional import cross_entropy

from exchange import serve


class Layer(torch.nn.Module):
    def __init__(self, named):
        super().__init__()
        self.p = torch.nn.ParameterDict(
            {name.replace(".", "_"): torch.nn.Parameter(w.clone()) for name, w in named.items()}
        )

    def of(self, name, *parts):
        """The weights of a layer, its inputs in this order, as one matrix."""
        return torch.cat([self.p[f"{name}_{part}"] for part in parts])

    def read_out(self, hidden, name):
        return torch.addmm(self.p[f"{name}_outBias"], hidden.flatten(0, -2), self.p[f"{name}_out"])


class Tiled(Layer):
    """Weights of a first layer are one matrix, as they would be in a module; so the gradients are, too."""

    def __init__(self, named):
        super().__init__(named)
        parts = {
            "phi": ("zi", "zij", "zj"),
            "alpha": ("zi", "si"),
            "rho": ("zk", "sk", "g"),
            "rhoEdge": ("zk", "zl", "zkl", "zlk", "sk", "sl", "g"),
        }
        for name, own in parts.items():
            self.p[f"{name}_in"] = torch.nn.Parameter(self.of(name, *own).detach())
            for part in own:
                del self.p[f"{name}_{part}"]

    def dense(self, x, name):
        shape = x.shape[:-1]
        out = torch.addmm(self.p[f"{name}_bias"], x.flatten(0, -2), self.p[f"{name}_in"])
        return out.relu_().view(*shape, -1)

    def forward(self, z, ze, off):
        B, n, d = z.shape
        near = z[:, :, None].expand(B, n, n, d)
        far = z[:, None].expand(B, n, n, d)
        s = (self.dense(torch.cat([near, ze, far], -1), "phi") * off).sum(2)
        g = self.dense(torch.cat([z, s], -1), "alpha").sum(1)
        H = s.shape[-1]
        nodes = torch.cat([z, s, g[:, None].expand(B, n, H)], -1)
        wide = lambda x: x.expand(B, n, n, x.shape[-1])
        pairs = [near, far, ze, ze.transpose(1, 2), wide(s[:, :, None]), wide(s[:, None])]
        pairs.append(wide(g[:, None, None]))
        y = self.read_out(self.dense(nodes, "rho"), "rho")
        return y, self.read_out(self.dense(torch.cat(pairs, -1), "rhoEdge"), "rhoEdge")


class Factored(Layer):
    def forward(self, z, ze, off):
        B, n, d = z.shape
        p, rows, pairs = self.p, z.flatten(0, 1), ze.flatten(0, 2)
        back = lambda x: x.view(B, n, -1)
        # what multiplies a node's features, and a pair's, in one product each
        u = rows @ torch.cat([p["phi_zi"], p["phi_zj"], p["rhoEdge_zk"], p["rhoEdge_zl"]], 1)
        phi_i, phi_j, edge_k, edge_l = (back(x) for x in u.chunk(4, 1))
        v = pairs @ torch.cat([p["phi_zij"], p["rhoEdge_zkl"], p["rhoEdge_zlk"]], 1)
        phi_ij, forth, reverse = (x.view(B, n, n, -1) for x in v.chunk(3, 1))
        phi = (phi_ij + (phi_i + p["phi_bias"])[:, :, None] + phi_j[:, None]).relu_()
        s = (phi * off).sum(2)
        flat = s.flatten(0, 1)
        alpha = torch.addmm(p["alpha_bias"], rows, p["alpha_zi"]).addmm(flat, p["alpha_si"])
        g = back(alpha.relu_()).sum(1)
        rho = torch.addmm(p["rho_bias"], rows, p["rho_zk"]).addmm(flat, p["rho_sk"])
        y = self.read_out((back(rho) + (g @ p["rho_g"])[:, None]).relu_(), "rho")
        summary = flat @ torch.cat([p["rhoEdge_sk"], p["rhoEdge_sl"]], 1)
        sk, sl = (back(x) for x in summary.chunk(2, 1))
        graph = g @ p["rhoEdge_g"] + p["rhoEdge_bias"]
        hidden = forth + reverse.transpose(1, 2)
        hidden = hidden + (edge_k + sk + graph[:, None])[:, :, None] + (edge_l + sl)[:, None]
        return y, self.read_out(hidden.relu_(), "rhoEdge")


def step_of(kind):
    def task(options, arrays):
        B, n, d, e = (options[name] for name in ("graphs", "nodes", "d", "e"))
        single = lambda name: torch.frombuffer(arrays[name], dtype=torch.float64).float()
        z, ze = single("z").view(B, n, d), single("ze").view(B, n, n, e)
        off = (1 - torch.eye(n))[:, :, None]
        node_truth = torch.frombuffer(arrays["nodeTruth"], dtype=torch.float64).long()
        # the pairs of a node with itself have the truth −100, which cross_entropy leaves out
        edge_truth = torch.frombuffer(arrays["edgeTruth"], dtype=torch.float64).long()
        start = {name: single(name).view(*shape) for name, shape in options["shapes"].items()}
        for name in start:
            if name.lower().endswith("bias"):
                start[name] = start[name].view(-1)

        def made():
            net = kind(start)
            optimizer = torch.optim.Adam(net.parameters(), lr=options["rate"], fused=True)

            def step():
                optimizer.zero_grad()
                y, ye = net(z, ze, off)
                loss = cross_entropy(y, node_truth) + cross_entropy(ye, edge_truth)
                loss.backward()
                optimizer.step()
                return loss

            return step

        def losses(_):
            step = made()
            return {"losses": [step().item() for _ in range(options["compared"])]}

        return made(), losses

    return task


if __name__ == "__main__":
    serve({"tiled": step_of(Tiled), "factored": step_of(Factored)}, torch.set_num_threads)
