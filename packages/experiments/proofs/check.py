"""Checks proof certificates (schema nonconvex/proof@1) without the program that wrote them.

    python3 check.py FILE...      certificates, or result.json documents with certificates in them

Prints for each claim what its assertions prove together. check.claims, beside this program, says which
forms, constants and number they must have. Exit status: 0 all accepted, 1 some refused, 2 a file is
unusable. Only the standard library of Python >= 3.8 is used. All numbers are rationals, read from
decimal texts such as "0.25" or "3/7"; irrational ones are enclosed by intervals whose ends are
integers divided by 2**BITS, rounded outward. A check that is not certain refuses.
"""
import json, os, re, sys
from fractions import Fraction
from itertools import product
from math import comb, isqrt

SCHEMA = "nonconvex/proof@1"
BITS, ONE = 160, 1 << 160
def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
NUMBER = re.compile(r"[+-]?\d+(/0*[1-9]\d*|(\.\d+)?(e[+-]?\d{1,3})?)")
class Refused(Exception):
    """What a certificate asserts is false, or not proved by what it contains."""
def require(condition, reason):
    if not condition:
        raise Refused(reason)
# --- numbers -------------------------------------------------------------------------------------
def number(text):
    """The rational that a text denotes, exactly."""
    require(isinstance(text, str) and NUMBER.fullmatch(text), "not the text of a number: %.40s" % text)
    return Fraction(text)
def numbers(texts):
    return [number(text) for text in texts] if isinstance(texts, list) else require(0, "a list is missing")
def whole(value, least=0, most=10**6):
    require(type(value) is int and least <= value <= most, "an integer is out of range")
    return value
class Interval:
    """All reals between lo / 2**BITS and hi / 2**BITS."""
    def __init__(self, lo, hi=None):
        self.lo, self.hi = lo, lo if hi is None else hi
    @staticmethod
    def of(low, high=None):
        """Encloses a rational, or all numbers between two."""
        if isinstance(low, Interval): return low
        if type(low) is int and high is None: return Interval(low << BITS)
        low, high = Fraction(low), Fraction(low if high is None else high)
        return Interval((low.numerator << BITS) // low.denominator, -((-high.numerator << BITS) // high.denominator))
    def __add__(self, other):
        other = Interval.of(other)
        return Interval(self.lo + other.lo, self.hi + other.hi)
    def __mul__(self, other):
        other = Interval.of(other)
        ends = [a * b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(ends) >> BITS, -(-max(ends) >> BITS))
    def __truediv__(self, other):
        other = Interval.of(other)
        require(other.lo > 0 or other.hi < 0, "a division by an interval that contains 0")
        ends = [(a << BITS, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(a // b for a, b in ends), max(-(-a // b) for a, b in ends))
    __radd__, __rmul__ = __add__, __mul__
    __neg__ = lambda self: Interval(-self.hi, -self.lo)
    __sub__ = lambda self, other: self + -Interval.of(other)
    __rsub__, __rtruediv__ = lambda self, other: other + -self, lambda self, other: Interval.of(other) / self
    def meet(self, low, high):
        """The part between two bounds that are known to hold."""
        low, high = Interval.of(low).lo, Interval.of(high).hi
        return Interval(min(max(self.lo, low), high), max(min(self.hi, high), low))
    def square(self):
        low, high = sorted((abs(self.lo), abs(self.hi)))
        low = 0 if self.lo <= 0 <= self.hi else low
        return Interval(low * low >> BITS, -(-high * high >> BITS))
    def sqrt(self):
        """Of a number that is known not to be negative."""
        require(self.hi >= 0, "the root of a negative number")
        return Interval(isqrt(max(self.lo, 0) << BITS), isqrt(self.hi << BITS) + 1)
    def below(self, other):
        """self <= other, for certain."""
        return self.hi <= Interval.of(other).lo
def atan_small(x):
    """atan of the rational x / 2**BITS, |x| <= 1/2: the series alternates and decreases."""
    power, square, total, n = x, x * x, 0, 1
    while abs(power) > 1:
        term = power // n
        total += term if n % 4 == 1 else -term
        power, n = (power * square) >> (2 * BITS), n + 2
    return Interval(total - 2 * n - 4, total + 2 * n + 4)
def atan_point(x):
    """atan x = 2 atan(x / (1 + sqrt(1 + x^2)))."""
    if 2 * abs(x) <= ONE: return atan_small(x)
    return 2 * atan(Interval(x) / (1 + (1 + Interval(x).square()).sqrt()))
def atan(x):  # it increases
    return Interval(atan_point(x.lo).lo, atan_point(x.hi).hi)
PI = 16 * atan_small(ONE // 5) - 4 * atan_small(ONE // 239)
PI = Interval(PI.lo - 64, PI.hi + 64)  # 1/5 and 1/239 were rounded by less than 2**-BITS
def acos(x):
    """Of a number known to be in [-1, 1]: acos decreases, acos x = 2 atan sqrt((1 - x) / (1 + x))."""
    x = x.meet(-1, 1)
    at = lambda x: 2 * atan(((1 - Interval(x)) / (1 + Interval(x))).sqrt()) if x > -ONE else PI
    return Interval(max(at(x.hi).lo, 0), min(at(x.lo).hi, PI.hi))
def positive_definite(matrix, least):
    """Whether all eigenvalues of all symmetric matrices in an interval matrix are >= least: all pivots
    of the elimination are positive, where rounding errors of `most` units are taken off the diagonal.
    """
    n = len(matrix)
    rows = [[(a.lo + a.hi) // 2 for a in row[i:]] for i, row in enumerate(matrix)]  # upper triangle
    radius = max(sum(a.hi - a.lo + 1 for a in row) for row in matrix) // 2 + 1
    for row in rows:
        row[0] -= radius + Interval.of(least).hi
    for i, (pivot, *rest) in enumerate(rows):
        if pivot <= 0: return False
        most = n * (max(map(abs, rest), default=0) // ONE + 2)
        for j, x in enumerate(rest):
            factor = (x << BITS) // pivot
            rows[i + j + 1] = [a - (factor * b >> BITS) for a, b in zip(rows[i + j + 1], rest[j:])]
            rows[i + j + 1][0] -= most
    return True
# --- the loss of a ReLU network with normal inputs and a teacher ---------------------------------
# A sum of c E relu(u.x) relu(v.x) for pairs of vectors u = Aw, v = Bw of parameters, or of constants.
# With their angle t, u^ = u/|u|, v^ = v/|v|, q = v^ - cos t u^ and q' = u^ - cos t v^, |q| = |q'| = sin t:
# 2 pi E relu(u.x) relu(v.x) = |u||v| (sin t + (pi - t) cos t), whose gradient in u is |v| sin t u^ +
# (pi - t) v. The second derivative in w is, with h^2 = |v|/|u|, g = h A'u^ - B'v^/h, s = h A'q + B'q'/h,
# sin t (h^2 A'A + B'B/h^2) + (pi - t) (A'B + B'A) - sin t g g' + s s'/sin t.
class Network:
    def __init__(self, a):
        """Terms (c, u, v); a vector maps its coordinates to numbers of parameters or to constants."""
        self.size, self.terms = (patches if "stride" in a else neurons)(a)
    def pairs(self, w, least=1):
        """Terms with parameters: c, cos t, sin t, pi - t, h; parameters, direction, norm of u and v."""
        for c, *both in self.terms:
            own = [[(t, x) for t, x in v.items() if type(x) is int] for v in both]
            if len(own[0] + own[1]) >= least:
                u, v = [{t: w[x] if type(x) is int else x for t, x in v.items()} for v in both]
                r, R = [sum((x.square() for x in v.values()), ZERO).sqrt() for v in (u, v)]
                u, v = {t: x / r for t, x in u.items()}, {t: x / R for t, x in v.items()}
                x = Interval.of(1) if both[0] == both[1] else sum((u[t] * v[t] for t in u if t in v), ZERO)
                x, h = x.meet(-1, 1), 1 if [*both[0].values()] == [*both[1].values()] else (R / r).sqrt()
                yield c, x, sine(x), PI - acos(x), Interval.of(h), (own[0], u, r), (own[1], v, R)
    def value(self, w):
        return sum((c * u[2] * v[2] * (sin + phi * x)
                    for c, x, sin, phi, _, u, v in self.pairs(w, 0)), ZERO) / (2 * PI)
    def gradient(self, w):
        total = [ZERO] * self.size
        for c, _, sin, phi, _, *both in self.pairs(w):
            for (own, u, _), (_, v, R) in (both, both[::-1]):
                for t, i in own:
                    total[i] += c * R * (sin * u[t] + phi * v.get(t, ZERO))
        return [x / (2 * PI) for x in total]
    def hessian(self, w):
        total = [[ZERO] * self.size for _ in range(self.size)]
        for c, x, sin, phi, h, (own, u, _), (back, v, _) in self.pairs(w):
            g, s = {i: h * u[t] for t, i in own}, {i: h * (v.get(t, ZERO) - x * u[t]) for t, i in own}
            for t, i in back:
                g[i] = g.get(i, ZERO) - v[t] / h
                s[i] = s.get(i, ZERO) + (u.get(t, ZERO) - x * v[t]) / h
            most = (bool(own) * h + bool(back) / h).square() * sin
            for i, j in ((i, j) for i in g for j in g if i <= j):
                total[i][j] += c * (quotient(s, i, j, sin, most) - sin * times(g, i, j))
            for i, scale in [(i, h.square()) for _, i in own] + [(i, 1 / h.square()) for _, i in back]:
                total[i][i] += c * sin * scale
            for i, j in ((i, j) for t, i in own for near, j in back if near == t):
                total[min(i, j)][max(i, j)] += c * phi * (2 if i == j else 1)
        return [[total[min(i, j)][max(i, j)] / (2 * PI) for j in range(self.size)] for i in range(self.size)]
def neurons(a):
    """l(W) = E (sum over n rows w of W of relu(w.x) - sum over teacher rows v of relu(v.x))^2 / 2."""
    rows, n = [numbers(row) for row in a["teacher"]], whole(a["n"], 1, 100)
    d = len(rows[0])
    require(all(len(row) == d and any(row) for row in rows), "a row of the teacher is zero or too short")
    vectors = [(1, {t: i * d + t for t in range(d)}) for i in range(n)]
    vectors += [(-1, {t: Interval.of(x) for t, x in enumerate(row) if x}) for row in rows]
    terms = [(Interval.of(Fraction(e * f, 1 if i > j else 2)), u, v)
             for i, (e, u) in enumerate(vectors) for j, (f, v) in enumerate(vectors[:i + 1])]
    return n * d, terms
def patches(a):
    """l(w) = E (f(x; w) - f(x; w*))^2, f(x; w) = (1/k) sum over k patches of relu(w . patch). The lag
    D = j - i of patches i, j occurs k - |D| times; if |D| stride >= m they share no coordinates.
    """
    k, stride, star = whole(a["k"], 1, 1000), whole(a["stride"], 1, 100), numbers(a["teacher"])
    require(1 <= len(star) <= 16 and any(star), "the teacher is zero, or its length is out of range")
    lags = {D: k - abs(D) for D in range(1 - k, k) if abs(D) * stride < len(star)}
    lags[16] = k * k - sum(lags.values())
    place = lambda v, D: {t + D * stride: x for t, x in enumerate(v)}
    w, star, terms = range(len(star)), [Interval.of(x) for x in star], []
    for D, count in lags.items():
        for c, u, v in ((1, w, w), (-2, w, star), (1, star, star)):
            terms.append((Interval.of(Fraction(c * count, k * k)), place(u, 0), place(v, D)))
    return len(star), terms
ZERO = Interval(0)
sine = lambda x: (1 - x.square()).sqrt().meet(0, 1)  # of the angle with cosine x
times = lambda v, i, j: v[i].square() if i == j else v[i] * v[j]
def quotient(s, i, j, sin, most):
    """s_i s_j / sin where |s|^2 / sin <= most, also where sin may be 0"""
    known = most * (Interval.of(0, 1) if i == j else Interval.of(Fraction(-1, 2), Fraction(1, 2)))
    return known if sin.lo <= 0 else (times(s, i, j) / sin).meet(known, known)
def covered(low, high, holds, pieces=64):
    """Whether `holds` is true on boxes that cover the box between two corners: halves, where needed."""
    boxes = [(low, high)]
    while boxes and pieces >= 0:
        low, high = boxes.pop()
        if not holds([Interval.of(a, b) for a, b in zip(low, high)]):
            pieces -= 1
            i = max(range(len(low)), key=lambda i: high[i] - low[i], default=0)
            middle = [(a + b) / 2 for a, b in zip(low, high)][i:i + 1]
            boxes += [(low, high[:i] + middle + high[i + 1:]), (low[:i] + middle + low[i + 1:], high)]
    return pieces >= 0
def minimum(a):
    """The loss has one critical point within `radius` of `point`, a strict local minimum: there
    |gradient| < convexity * radius, and on the cube around it the Hessian is at least `convexity`.
    """
    loss, point = Network(a), numbers(a["point"])
    radius, convexity = number(a["radius"]), number(a["convexity"])
    require(len(point) == loss.size and radius > 0 and convexity > 0, "radius or convexity is not positive")
    at = [Interval.of(x) for x in point]
    slope = sum((x.square() for x in loss.gradient(at)), ZERO).sqrt()
    require((slope / (convexity * radius)).hi < ONE, "the gradient is too large")
    corners = [x - radius for x in point], [x + radius for x in point]
    convex = lambda box: positive_definite(loss.hessian(box), convexity)
    require(convex(at) and covered(*corners, convex), "the Hessian is not definite")
    return loss.value(at) - slope.square() / (2 * convexity)
def spurious_minimum(a):
    """`minimum`, and the loss there is at least `loss` > 0, so that it is not the global one."""
    loss = number(a["loss"])
    require(loss > 0 and Interval.of(loss).below(minimum(a)), "the loss there may be smaller, or 0")
# --- inequalities --------------------------------------------------------------------------------
OPERATIONS = {
    "+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y,
    "/": lambda x, y: x / y, "square": Interval.square, "atan": atan,
    "sqrt": lambda x: inside(x, 0, Interval(x.hi)).sqrt(), "acos": lambda x: acos(inside(x, -1, 1))}
def inside(x, low, high):
    require(Interval.of(low).below(Interval(x.lo)) and Interval(x.hi).below(high), "a function is undefined")
    return x
def term(a, values):
    if isinstance(a, str):
        return PI if a == "pi" else values[a] if a in values else Interval.of(number(a))
    require(isinstance(a, list) and a and a[0] in OPERATIONS, "an unknown operation")
    return OPERATIONS[a[0]](*(term(b, values) for b in a[1:]))
def inequality(a):
    """`left` <= `right` for all values of the variables in their ranges, both terms."""
    names = sorted(a["where"])
    ends = [[number(a["where"][name][i]) for name in names] for i in (0, 1)]
    require(all(low <= high for low, high in zip(*ends)), "a range is empty")
    def holds(box):
        values = dict(zip(names, box))
        return term(a["left"], values).below(term(a["right"], values))
    require(covered(*ends, holds, 512 if names else 0), "the left side may be larger")
# --- exact arithmetic ----------------------------------------------------------------------------
def binomial_tail(a):
    """P(Bin(n, q) <= r) is `relation` delta, summed exactly."""
    n, r, q = whole(a["n"], 1, 5000), whole(a["r"], 0, 5000), number(a["q"])
    require(0 < q < 1 and a["relation"] in ("<=", ">="), "q or the relation is out of range")
    top, rest = q.numerator, q.denominator - q.numerator
    tail = Fraction(sum(comb(n, i) * top**i * rest**(n - i) for i in range(min(n, r) + 1)), q.denominator**n)
    require((tail - number(a["delta"])) * (1 if a["relation"] == ">=" else -1) >= 0, "the tail is otherwise")
def inner(u, v):
    require(len(u) == len(v), "two lengths differ")
    return sum(x * y for x, y in zip(u, v))
def network(a, rows, x):
    """N(x), dN/dz of all units and z = Wx: v for the first half of the units, -v for the second."""
    alpha, v, z = number(a["alpha"]), number(a["v"]), [inner(row, x) for row in rows]
    slopes = [(v if 2 * j < len(z) else -v) * (1 if z[j] > 0 else alpha) for j in range(len(z))]
    return inner(slopes, z), slopes, z
def labeled(a):
    examples = [(number(e["y"]), numbers(e["x"])) for e in a["examples"]]
    require(examples and all(abs(y) == 1 for y, _ in examples), "a label is not 1 or -1")
    return examples
def sgd_updates(a):
    """SGD on the hinge loss, one example at a time in order, makes `updates` updates until a pass
    without any; that is at least `atLeast`. With a separator w, y w.x >= 1, from zero weights, at
    most `atMost` = |w|^2 (R^2 + beta/alpha^2), beta = 1/(k eta v^2) >= R^2 alpha (1 - alpha)/2.
    """
    examples, rows, eta, updates = labeled(a), [numbers(row) for row in a["start"]], number(a["eta"]), 0
    zeros, before = not any(x for row in rows for x in row), None
    while before != updates:
        before = updates
        for y, x in examples:
            output, slopes, _ = network(a, rows, x)
            if y * output < 1:
                updates += 1
                require(updates <= whole(a["updates"]), "there are more updates")
                rows = [[w + eta * y * s * b for w, b in zip(row, x)] for row, s in zip(rows, slopes)]
    require(updates == a["updates"] and updates >= number(a["atLeast"]), "there are fewer updates")
    if "separator" in a:
        w, R2 = numbers(a["separator"]), max(inner(x, x) for _, x in examples)
        alpha, beta = number(a["alpha"]), 1 / (len(rows) // 2 * eta * number(a["v"])**2)
        require(zeros and all(y * inner(w, x) >= 1 for y, x in examples), "no separator, or another start")
        require(beta >= R2 * alpha * (1 - alpha) / 2, "the bound has another form for this step size")
        most = inner(w, w) * (R2 + beta / alpha**2)
        require(updates <= number(a["atMost"]) == most, "the theorem is violated, or another one")
def flat_minimum(a):
    """The mean hinge loss of a ReLU network is `loss` > 0 at `weights` and constant around them, as
    every unit is inactive on the examples with a loss; at `better` it is 0.
    """
    examples, rows, losses = labeled(a), [numbers(row) for row in a["weights"]], []
    require(number(a["alpha"]) == 0, "the slope of ReLU is 0")
    for y, x in examples:
        output, _, z = network(a, rows, x)
        losses.append(max(0, 1 - y * output))
        require(y * output > 1 or max(z) < 0, "an example with a loss moves a unit")
        require(y * network(a, [numbers(row) for row in a["better"]], x)[0] >= 1, "better is not better")
    require(Fraction(sum(losses)) / len(losses) == number(a["loss"]) > 0, "the loss is another one")
def no_splitting(a):
    """No partition of n elements into k parts splits all subsets: all partitions are tried."""
    n, k = whole(a["n"], 1, 16), whole(a["k"], 2, 4)
    require(k**n <= 10**6 and all(0 <= i < n for c in a["subsets"] for i in c), "too many partitions")
    for part in product(range(k), repeat=n):
        require(any(len({part[i] for i in c}) == 1 for c in a["subsets"]), "there is a splitting")
def splitting_loss(a):
    """Weights w_1 ... w_k have this mean squared loss on the examples (e_i, 1/k) and (1_C, 0): it is 0,
    or the least one without a splitting, 1/k^2 divided by the number of examples.
    """
    n, k, parts = whole(a["n"], 1, 100), whole(a["k"], 2, 100), [numbers(w) for w in a["weights"]]
    require(len(parts) == k and all(len(w) == n for w in parts), "other weights are expected")
    sets = [([i], Fraction(1, k)) for i in range(n)] + [(c, 0) for c in a["subsets"]]
    errors = [Fraction(sum(max(0, sum(w[i] for i in c)) for w in parts)) / k - y for c, y in sets]
    loss = Fraction(sum(e * e for e in errors)) / len(sets)
    require(loss == number(a["loss"]) and loss * k * k * len(sets) in (0, 1), "the loss is another one")
def projection(a):
    """`nearest` is the point y of [0, 1]^n with sum `budget` nearest to `scores`: v - tau, cut off."""
    v, y = numbers(a["scores"]), numbers(a["nearest"])
    require(len(v) == len(y) and sum(y) == number(a["budget"]), "the sum is not the budget")
    require(all(0 <= b <= 1 for b in y), "a label is not in [0, 1]")
    low = max([x - b for x, b in zip(v, y) if b < 1], default=None)   # tau >= v - y where y < 1
    high = min([x - b for x, b in zip(v, y) if b > 0], default=None)  # tau <= v - y where y > 0
    require(low is None or high is None or low <= high, "another point is nearer")
def best_f1(a):
    """No set of labels has a larger expected F1 than `chosen`, for independent labels."""
    p, chosen = numbers(a["probabilities"]), a["chosen"]
    size = range(2**len(p))
    require(len(p) <= 8 and all(0 <= x <= 1 for x in p), "the probabilities are out of range")
    weight = [Fraction(1)]
    for x in p:
        weight = [w * (1 - x) for w in weight] + [w * x for w in weight]
    count = [bin(i).count("1") for i in size]
    expected = [sum(weight[t] * (Fraction(2 * count[s & t], count[s] + count[t]) if s or t else 0)
                    for t in size) for s in size]
    require(expected[sum(1 << whole(i, 0, len(p) - 1) for i in chosen)] == max(expected), "a set is better")
KINDS = {kind.__name__.replace("_", "-"): kind for kind in (
    minimum, spurious_minimum, inequality, binomial_tail, sgd_updates, flat_minimum, no_splitting,
    splitting_loss, projection, best_f1)}
# --- claims --------------------------------------------------------------------------------------
def matches(form, value, names):
    """Whether a value has a form of check.claims: "$" is anything, "$x" the same everywhere, "$#x" the
    length of the list x, "$unit" a unit matrix; a number may be added, "$x+1/2", or multiplied.
    """
    if type(form) is type(value) is list:
        form, value = dict(enumerate(form)), dict(enumerate(value))
    if isinstance(form, dict):
        return isinstance(value, dict) and {*form, "says"} == {*value, "says"} and all(
            matches(each, value[key], names) for key, each in form.items())
    if not str(form).startswith("$"): return type(form) is type(value) and form == value
    name, sign, rest = re.fullmatch(r"(\$#?\w*)([+*]?)(.*)", form).groups()
    if sign:
        x, y = Fraction(names[name]), Fraction(rest)
        return Fraction(value) == (x + y if sign == "+" else x * y)
    if isinstance(value, list):
        names["$#" + name[1:]] = n = len(value)
        if name == "$unit" and value != [["01"[i == j] for j in range(n)] for i in range(n)]:
            return False
    return name == "$" or str(names.setdefault(name, value)) == str(value)
def prove(entry, statement, proof):
    """What a certificate proves; refuses if an assertion is false, or they are not those of the claim."""
    require(isinstance(proof, dict) and proof.get("schema") == SCHEMA, "the schema is not " + SCHEMA)
    require(entry, "check.claims does not have this claim")
    require(isinstance(proof.get("assertions"), list) and proof["assertions"], "there is no assertion")
    n = len(proof["assertions"])
    forms, count = entry["of"], entry.get("count", len(entry["of"]))
    words = r"(?<![\w.,])" + re.escape(str(count)).replace(r"\{\}", format(n, ","))  # "12 widths"
    stated = type(count) is str and re.search(words, str(statement))
    require(stated or count in (n, "free"), "the number of assertions is another one")
    require("any" in entry or n % len(forms) == 0, "an assertion is missing")
    for i, a in enumerate(proof["assertions"]):
        if i % len(forms) == 0:
            names = {"$k": entry["first"] + i // len(forms)} if "first" in entry else {}
        try:
            KINDS[a["kind"]](a)
            fit = any(matches(form, a, names) for form in (forms if "any" in entry else [forms[i % len(forms)]]))
            require(fit, "another form or constant than those of the claim")
        except (Refused, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
            raise Refused("assertion %d: %s" % (i + 1, error)) from None
    require(len({json.dumps({**a, "says": 0}, sort_keys=True) for a in proof["assertions"]}) == n, "one is twice")
    return "%d assertions: %s" % (n, entry["proves"])
# --- files ---------------------------------------------------------------------------------------
def main(paths):
    status = 0
    for path in paths:
        try:
            document, claims = read(path), read(os.path.splitext(os.path.abspath(__file__))[0] + ".claims")
            verdicts = document.get("verdicts", [{**document, "witness": document}])
            proofs = [(v["claim"], v.get("statement"), v.get("witness")) for v in verdicts
                      if v.get("rigor", "proof") == "proof" and v.get("status", "holds") == "holds"]
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            print("unusable  %s  %s: %s" % (path, type(error).__name__, error))
            return 2
        for claim, statement, proof in proofs:
            try:
                print("accepted  %s  %s" % (claim, prove(claims.get(claim), statement, proof)))
            except Refused as reason:
                print("refused   %s  %s" % (claim, reason))
                status = 1
    return status if paths else print(__doc__) or 2
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
