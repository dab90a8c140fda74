"""Checks proof certificates (schema nonconvex/proof@1) without the program that wrote them.

    python3 check.py FILE...      certificates, or result.json documents with certificates in them

Prints one line for each claim. Exit status: 0 all accepted, 1 some refused, 2 a file is unusable.
Only the standard library of Python >= 3.8 is used. All numbers are rationals, read from decimal
texts such as "0.25" or "3/7"; irrational ones are enclosed by intervals whose ends are integers
divided by 2**BITS, rounded outward. A check that is not certain refuses.
"""
import json
import sys
from fractions import Fraction
from math import isqrt

SCHEMA = "nonconvex/proof@1"
BITS = 160
ONE = 1 << BITS

class Refused(Exception):
    """What a certificate asserts is false, or not proved by what it contains."""

def require(condition, reason):
    if not condition:
        raise Refused(reason)

# --- numbers -------------------------------------------------------------------------------------

def number(text):
    """The rational that a text denotes, exactly."""
    require(isinstance(text, str) and len(text) < 10000, "a number is not a text")
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Refused("not a number: " + text[:40]) from None

def numbers(texts):
    require(isinstance(texts, list), "a list of numbers is missing")
    return [number(text) for text in texts]

def whole(value, least=0, most=10**6):
    require(type(value) is int and least <= value <= most, "an integer is out of range")
    return value

class Interval:
    """All reals between lo / 2**BITS and hi / 2**BITS."""

    def __init__(self, lo, hi=None):
        self.lo, self.hi = lo, lo if hi is None else hi

    @staticmethod
    def of(x):
        if isinstance(x, Interval):
            return x
        x = Fraction(x)
        return Interval((x.numerator << BITS) // x.denominator,
                        -((-x.numerator << BITS) // x.denominator))

    @staticmethod
    def hull(low, high):
        return Interval(Interval.of(low).lo, Interval.of(high).hi)

    def __add__(self, other):
        other = Interval.of(other)
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def __neg__(self):
        return Interval(-self.hi, -self.lo)

    def __sub__(self, other):
        return self + -Interval.of(other)

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

    def __rsub__(self, other):
        return Interval.of(other) - self

    def __rtruediv__(self, other):
        return Interval.of(other) / self

    def meet(self, low, high):
        """The part between two bounds that are known to hold."""
        low, high = Interval.of(low), Interval.of(high)
        return Interval(min(max(self.lo, low.lo), high.hi), max(min(self.hi, high.hi), low.lo))

    def square(self):
        ends = sorted((abs(self.lo), abs(self.hi)))
        least = 0 if self.lo <= 0 <= self.hi else ends[0]
        return Interval(least * least >> BITS, -(-ends[1] * ends[1] >> BITS))

    def sqrt(self):
        require(self.hi >= 0, "the root of a negative number")
        return Interval(isqrt(max(self.lo, 0) << BITS), isqrt(self.hi << BITS) + 1)

    def below(self, other):
        """self <= other, for certain."""
        return self.hi <= Interval.of(other).lo

    def above(self, other):
        return self.lo >= Interval.of(other).hi

def atan_small(x):
    """atan of the rational x / 2**BITS, |x| <= 1/2: the series alternates and decreases."""
    power, square, total, n = x, x * x, 0, 1
    while abs(power) > 1:
        term = power // n
        total += term if n % 4 == 1 else -term
        power, n = (power * square) >> (2 * BITS), n + 2
    return Interval(total - 2 * n - 4, total + 2 * n + 4)

def atan_point(x):
    if abs(x) > ONE:
        rest = atan(Interval.of(1) / Interval(x))
        return PI / 2 - rest if x > 0 else -(PI / 2) - rest
    if 2 * abs(x) > ONE:
        point = Interval(x)
        return 2 * atan(point / (1 + (1 + point.square()).sqrt()))
    return atan_small(x)

def atan(x):
    """atan increases."""
    low = atan_point(x.lo)
    return low if x.lo == x.hi else Interval(low.lo, atan_point(x.hi).hi)

PI = 16 * atan_small(ONE // 5) - 4 * atan_small(ONE // 239)
PI = Interval(PI.lo - 64, PI.hi + 64)  # 1/5 and 1/239 were rounded by less than 2**-BITS

def acos(x):
    """acos decreases; acos x = 2 atan sqrt((1 - x) / (1 + x))."""
    x = x.meet(-1, 1)

    def at(point):
        if point <= -ONE:
            return PI
        return 2 * atan(((1 - Interval(point)) / (1 + Interval(point))).sqrt())
    return Interval(max(at(x.hi).lo, 0), min(at(x.lo).hi, PI.hi))

def dot(u, v):
    return sum((a * b for a, b in zip(u, v)), Interval(0))

def positive_definite(matrix, least):
    """Whether all eigenvalues of all symmetric matrices in an interval matrix are >= least."""
    size = range(len(matrix))
    middle = [[Fraction(a.lo + a.hi, 2 * ONE) for a in row] for row in matrix]
    radius = max(sum(Fraction(a.hi - a.lo, 2 * ONE) for a in row) for row in matrix)
    for i in size:
        middle[i][i] -= radius + least
    for i in size:  # elimination: all pivots are positive
        if middle[i][i] <= 0:
            return False
        for j in range(i + 1, len(matrix)):
            factor = middle[j][i] / middle[i][i]
            middle[j] = [a - factor * b for a, b in zip(middle[j], middle[i])]
    return True

# --- the loss of a network with overlapping patches ----------------------------------------------
# l(w) = E (f(x; w) - f(x; w*))^2, f(x; w) = (1/k) sum over k patches of relu(w . patch), x normal.
# E relu(u.x) relu(v.x) = G(|u||v|, u.v) with 2 pi G(P, c) = sqrt(P^2 - c^2) + (pi - t) c, cos t = c/P,
# and 2 pi dG = sin t dP + (pi - t) dc. Two patches i, j share coordinates if |j - i| stride < m: the
# lag D = j - i occurs k - |D| times, and then v = w shifted by D stride places.

class Overlap:
    def __init__(self, assertion):
        self.k, self.stride = whole(assertion.get("k"), 1, 1000), whole(assertion.get("stride"), 1, 100)
        self.star = [Interval.of(x) for x in numbers(assertion.get("teacher"))]
        self.m = len(self.star)
        require(1 <= self.m <= 16, "the length of the filter is out of range")
        self.R = dot(self.star, self.star).sqrt()
        require(self.R.lo > 0, "the teacher is zero")
        near = [D for D in range(1 - self.k, self.k) if abs(D) * self.stride < self.m]
        self.lags = [(D, self.k - abs(D)) for D in near]
        self.apart = self.k**2 - sum(count for _, count in self.lags)

    def shift(self, v, D):
        n = D * self.stride
        return [v[t - n] if 0 <= t - n < self.m else Interval(0) for t in range(self.m)]

    def pairs(self, w):
        """Each lag: count, w shifted both ways and w* shifted, cosines and angles of both pairs."""
        r = dot(w, w).sqrt()
        for D, count in self.lags + [(None, self.apart)]:
            zero = [Interval(0)] * self.m
            both = zero if D is None else [a + b for a, b in zip(self.shift(w, D), self.shift(w, -D))]
            star = zero if D is None else self.shift(self.star, D)
            x = Interval.of(1) if D == 0 else (dot(w, both) / (2 * r.square())).meet(-1, 1)
            y = (dot(w, star) / (r * self.R)).meet(-1, 1)
            yield D, count, both, star, x, y

    def gradient(self, w):
        r = dot(w, w).sqrt()
        total = [Interval(0)] * self.m
        for _, count, both, star, x, y in self.pairs(w):
            phi, psi = PI - acos(x), PI - acos(y)
            radial = 2 * sine(x) - 2 * self.R * sine(y) / r
            total = [t + count * (radial * a + phi * b - 2 * psi * c)
                     for t, a, b, c in zip(total, w, both, star)]
        return [t / (2 * self.k**2 * PI) for t in total]

    def value(self, w):
        r, R = dot(w, w).sqrt(), self.R
        total = Interval(0)
        for D, count, _, _, x, y in self.pairs(w):
            star = zero if D is None else dot(self.star, self.shift(self.star, D)) / R.square()
            z = Interval.of(1) if D == 0 else star
            total += count * (r.square() * curve(x) - 2 * r * R * curve(y) + R.square() * curve(z))
        return total / (2 * self.k**2 * PI)

    def hessian(self, w):
        r, size = dot(w, w).sqrt(), range(self.m)
        hat = [a / r for a in w]
        total = [[Interval(0)] * self.m for _ in size]
        for D, count, both, star, x, y in self.pairs(w):
            phi, own, cross = PI - acos(x), sine(x), sine(y)
            s = [b / r - 2 * x * a for a, b in zip(hat, both)]   # |s| <= 2 sin
            q = [c / self.R - y * a for a, c in zip(hat, star)]  # |q| <= sin
            shifted = [[(abs(i - j) == abs(D) * self.stride) * (2 if D == 0 else 1) if D is not None
                        else 0 for j in size] for i in size]
            for i in size:
                for j in size:
                    same = 1 if i == j else 0
                    along = hat[i].square() if same else hat[i] * hat[j]
                    student = 2 * same * own + phi * shifted[i][j]
                    if D != 0:
                        student += quotient(s, own, 2, i, j)
                    side = (same - along).meet(-1, 1)
                    teacher = cross * side + quotient(q, cross, 1, i, j)
                    total[i][j] += count * (student - 2 * (self.R / r) * teacher)
        return [[t / (2 * self.k**2 * PI) for t in row] for row in total]

def sine(x):
    """sin of the angle with cosine x"""
    return (1 - x.square()).sqrt().meet(0, 1)

def curve(x):
    return sine(x) + (PI - acos(x)) * x

zero = Interval(0)

def quotient(v, sin, most, i, j):
    """v_i v_j / sin where |v| <= most * sin, also where sin may be 0"""
    area = most * most
    known = sin * (Interval.hull(0, area) if i == j else Interval.hull(Fraction(-area, 2), Fraction(area, 2)))
    if sin.lo <= 0:
        return known
    found = (v[i].square() if i == j else v[i] * v[j]) / sin
    return Interval(max(found.lo, known.lo), min(found.hi, known.hi))

def cube(point, radius):
    return [Interval.hull(x - radius, x + radius) for x in point]

def covered(low, high, holds, pieces=64):
    """Whether `holds` is true on boxes that cover the box between two corners: halves, where needed."""
    boxes = [(low, high)]
    while boxes:
        low, high = boxes.pop()
        if holds([Interval.hull(a, b) for a, b in zip(low, high)]):
            continue
        pieces -= 1
        if pieces < 0:
            return False
        i = max(range(len(low)), key=lambda i: high[i] - low[i])
        middle = (low[i] + high[i]) / 2
        boxes += [(low, high[:i] + [middle] + high[i + 1:]), (low[:i] + [middle] + low[i + 1:], high)]
    return True

def minimum(a):
    """The loss has one critical point within `radius` of `point`, a strict local minimum: there
    |gradient| < convexity * radius, and on the cube around it the Hessian is at least `convexity`.
    """
    network, point = Overlap(a), numbers(a.get("point"))
    radius, convexity = number(a.get("radius")), number(a.get("convexity"))
    require(len(point) == network.m, "the point has another length than the teacher")
    require(radius > 0 and convexity > 0, "radius or convexity is not positive")
    at = cube(point, 0)
    gradient = network.gradient(at)
    slope = dot(gradient, gradient).sqrt()
    require((slope / (convexity * radius)).hi < ONE, "the gradient is too large")
    corners = [x - radius for x in point], [x + radius for x in point]
    convex = lambda box: positive_definite(network.hessian(box), convexity)
    require(convex(at) and covered(*corners, convex), "the Hessian is not definite")
    return network.value(at) - slope.square() / (2 * convexity)

def spurious_minimum(a):
    """`minimum`, and the loss there is at least `loss` > 0, so that it is not the global one."""
    loss = number(a.get("loss"))
    require(loss > 0, "a loss of 0 is that of the global minimum")
    require(minimum(a).above(loss), "the loss at the minimum may be smaller")

# --- inequalities --------------------------------------------------------------------------------

OPERATIONS = {
    "+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y,
    "/": lambda x, y: x / y, "square": Interval.square, "sqrt": Interval.sqrt, "atan": atan, "acos": acos,
}

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
    require(covered(*ends, holds, 4096 if names else 0), "the left side may be larger")

KINDS = {"minimum": minimum, "spurious-minimum": spurious_minimum, "inequality": inequality}

# --- files ---------------------------------------------------------------------------------------

def check(proof):
    """Checks all assertions of a certificate; returns how many, or raises Refused."""
    require(isinstance(proof, dict) and proof.get("schema") == SCHEMA, "the schema is not " + SCHEMA)
    assertions = proof.get("assertions")
    require(isinstance(assertions, list) and assertions, "there is no assertion")
    for i, assertion in enumerate(assertions):
        try:
            require(isinstance(assertion, dict), "not an object")
            kind = KINDS.get(assertion.get("kind"))
            require(kind is not None, "an unknown kind")
            kind(assertion)
        except (Refused, KeyError, TypeError, IndexError, AttributeError) as error:
            raise Refused("assertion %d: %s" % (i + 1, error)) from None
    return len(assertions)

def claims(document):
    """The certificates in a file, each with the id of its claim."""
    if isinstance(document, dict) and isinstance(document.get("verdicts"), list):
        return [(v["claim"], v.get("witness")) for v in document["verdicts"]
                if v["rigor"] == "proof" and v["status"] == "holds"]
    return [(document["claim"], document)]

def main(paths):
    status = 0
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                found = claims(json.load(file))
        except (OSError, ValueError, KeyError, TypeError) as error:
            print("unusable  %s  %s: %s" % (path, type(error).__name__, error))
            return 2
        for claim, proof in found:
            try:
                print("accepted  %s  %d assertions" % (claim, check(proof)))
            except Refused as reason:
                print("refused   %s  %s" % (claim, reason))
                status = 1
    return status

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
