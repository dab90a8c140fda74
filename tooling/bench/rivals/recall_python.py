"""Recall of scene graphs without the graph constraint, as Python evaluators compute it: by double loops over candidates and
relations in plain Python, and in the manner of the reference evaluators, with NumPy for sorting and matching.

Boxes as corners, the last pixel not included. Score of a candidate: that of its predicate; classes are given.
"""

from exchange import serve


def scenes_of(options, arrays):
    """Images as lists: boxes, classes, relations (subject, object, predicate), scores of each pair's predicates, 0 for none."""
    images, n, cols = options["images"], options["boxes"], options["predicates"] + 1
    boxes, classes, scores = arrays["boxes"], arrays["classes"], arrays["scores"]
    truths, lengths = arrays["relations"], arrays["lengths"]
    scenes, at = [], 0
    for image in range(images):
        first = image * n
        own = [tuple(boxes[4 * i : 4 * i + 4]) for i in range(first, first + n)]
        count = int(lengths[image])
        relations = [
            tuple(int(x) for x in truths[3 * r : 3 * r + 3]) for r in range(at, at + count)
        ]
        at += count
        start = image * n * n * cols
        scenes.append(
            (
                own,
                [int(c) for c in classes[first : first + n]],
                relations,
                scores[start : start + n * n * cols],
            )
        )
    return scenes


def overlap(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    return shared / (area(a) + area(b) - shared)


def double_loop(options, arrays):
    scenes, n, R = scenes_of(options, arrays), options["boxes"], options["predicates"]
    cols, at = R + 1, options["at"]

    def run():
        totals = [0.0] * len(at)
        for boxes, classes, relations, scores in scenes:
            candidates = []
            for s in range(n):
                for o in range(n):
                    if s != o:
                        base = (s * n + o) * cols
                        for p in range(1, cols):
                            candidates.append((scores[base + p], s, o, p))
            candidates.sort(key=lambda candidate: -candidate[0])
            hit = [None] * len(relations)
            for rank, (_, s, o, p) in enumerate(candidates[: max(at)]):
                for row, (ts, to, tp) in enumerate(relations):
                    if (
                        hit[row] is None
                        and p == tp
                        and classes[s] == classes[ts]
                        and classes[o] == classes[to]
                        and overlap(boxes[ts], boxes[s]) >= 0.5
                        and overlap(boxes[to], boxes[o]) >= 0.5
                    ):
                        hit[row] = rank
            for index, k in enumerate(at):
                found = sum(rank is not None and rank < k for rank in hit)
                totals[index] += found / len(relations)
        return [total / len(scenes) for total in totals]

    return run, lambda recalls: {"recall": recalls}


def reference(options, arrays):
    import numpy as np

    n, R, at = options["boxes"], options["predicates"], options["at"]
    scenes = [
        (np.array(boxes), np.array(classes), np.array(relations), np.array(scores).reshape(n * n, -1))
        for boxes, classes, relations, scores in scenes_of(options, arrays)
    ]
    pairs = np.array([(s, o) for s in range(n) for o in range(n) if s != o])
    rows = pairs[:, 0] * n + pairs[:, 1]

    def overlaps(box, boxes):
        low = np.maximum(box[:2], boxes[:, :2])
        high = np.minimum(box[2:], boxes[:, 2:])
        shared = np.prod(np.clip(high - low, 0, None), axis=1)
        area = lambda b: (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
        return shared / (area(box) + area(boxes) - shared)

    def run():
        totals = np.zeros(len(at))
        for boxes, classes, relations, scores in scenes:
            own = scores[rows, 1:].ravel()
            top = np.argpartition(-own, max(at) - 1)[: max(at)]
            top = top[np.argsort(-own[top], kind="stable")]
            places, predicates = pairs[top // R], 1 + top % R
            found = np.column_stack([classes[places[:, 0]], predicates, classes[places[:, 1]]])
            wanted = np.column_stack(
                [classes[relations[:, 0]], relations[:, 2], classes[relations[:, 1]]]
            )
            same = (wanted[:, None] == found[None]).all(2)
            first = np.full(len(relations), np.inf)
            for row in np.flatnonzero(same.any(1)):
                ranks = np.flatnonzero(same[row])
                s, o = relations[row, :2]
                near = overlaps(boxes[s], boxes[places[ranks, 0]]) >= 0.5
                near &= overlaps(boxes[o], boxes[places[ranks, 1]]) >= 0.5
                if near.any():
                    first[row] = ranks[near.argmax()]
            totals += [(first < k).mean() for k in at]
        return totals / len(scenes)

    return run, lambda recalls: {"recall": recalls}


if __name__ == "__main__":
    serve({"doubleLoop": double_loop, "reference": reference}, threaded=False)
