import { derivationMutants } from './derivation-mutants.mjs'
import { generalizationMutants } from './generalization-mutants.mjs'
import { rows } from './mutant-rows.mjs'
import { teacherStudentMutants } from './teacher-student-mutants.mjs'
import { updateBoundMutants } from './update-bound-mutants.mjs'

const overparam = 'overparam/dist'
const gaussian = 'gaussian-theory/dist'
const structured = 'structured/dist'

/**
 * False theorems: one constant, exponent, sign or factor of a formula changed in the built code. Each
 * has the file, what is changed into what, and the experiments of which one must end with a claim
 * that does not hold. `survives` says why none does.
 */
export const mutants = [
  ...teacherStudentMutants,
  ...updateBoundMutants,
  ...generalizationMutants,
  ...derivationMutants,
  // the number of updates
  ...rows(
    `${overparam}/bounds/slope-bound.js`,
    ['overparam/tightness'],
    [
      ['const g = eta * v * gamma', 'const g = eta * v * gamma * 2'],
      ['const g = eta * v * gamma', 'const g = eta * v * gamma / 1.02'],
      ['const l = 2 * k * wStarNorm ** 2', 'const l = k * wStarNorm ** 2'],
      ['const growth = (eta * v * radius) ** 2', 'const growth = (eta * v * radius) ** 2 * 0.3'],
      ['const h = growth * (1 + alpha)', 'const h = growth * 2'],
      ['const c = 2 * eta - 2 * k', 'const c = eta - 2 * k'],
      ['const m = 2 * k * mean', 'const m = 2 * k'],
      ['(1 + alpha) * mean - alpha)', '(1 + alpha) * mean)'],
      ['startF: f, startS: s } = setting', 'startF: f0, startS: s } = setting; const f = -f0'],
      ['startF: f, startS: s } = setting', 'startF: f, startS: s0 } = setting; const s = 0 * s0'],
    ],
  ),
  ...rows(
    `${overparam}/bounds/paper-bound.js`,
    ['overparam/tightness'],
    [
      ['((norm / alpha) ** 2', '((norm / alpha)'],
      ['((norm / alpha) ** 2', '(0.5 * (norm / alpha) ** 2'],
      ['((norm / alpha) ** 2', '0.5 * ((norm / alpha) ** 2'],
      ['((norm / alpha) ** 2', '2 * ((norm / alpha) ** 2'],
      ['norm ** 2 / (k * eta * (v * alpha) ** 2)', 'norm ** 2 / (k * eta * v ** 2 * alpha)'],
      ['(2 * row * norm) / step', '(row * norm) / step'],
      ['(2 * k * power(step, 1.5))', '(k * power(step, 1.5))'],
    ],
  ),
  ...rows(
    `${overparam}/bounds/displacement-bound.js`,
    ['overparam/tightness'],
    [
      ['const beta = 1 / (k * eta * v * v)', 'const beta = 0.5 / (k * eta * v * v)'],
      ['const beta = 1 / (k * eta * v * v)', 'const beta = 1.5 / (k * eta * v * v)'],
      ['r2 * ((1 + alpha) * mean - alpha) +', 'r2 * ((1 + alpha) * mean) +'],
      ['beta * (1 + pushed(mean))) / mean ** 2', 'beta * (1 + pushed(mean))) / mean'],
      ['Math.min(excess, alpha * pushSum', 'Math.min(excess, pushSum'],
      ['Math.min(excess, alpha * pushSum', 'Math.min(excess, 0.5 * alpha * pushSum'],
      ['2 * k * (mean - alpha) * pushMax', '4 * k * (mean - alpha) * pushMax'],
      [
        '2 * k * (mean - alpha) * pushMax',
        'k * (mean - alpha) * pushMax',
        'where the slopes of an instance change, the bound is 2 to 4 % above its updates',
      ],
    ],
  ),
  ...rows(
    `${overparam}/sgd/update-state.js`,
    ['overparam/updates'],
    [['active + net.alpha * (2', 'active + 0.99 * net.alpha * (2']],
  ),
  ...rows(
    `${overparam}/claims/potential-monitors.js`,
    ['overparam/updates'],
    [
      ['const growth = (b.eta * b.v) ** 2', 'const growth = (b.eta * b.v) ** 2 * 0.5'],
      ['const gain = b.eta * b.v * b.gamma', 'const gain = b.eta * b.v * b.gamma * 2'],
    ],
  ),
  ...rows(
    `${overparam}/claims/potential-monitors.js`,
    ['overparam/tightness'],
    [
      ['const gain = b.eta * b.v * b.gamma', 'const gain = b.eta * b.v * b.gamma * 0.9'],
      ['2 * b.eta * now.update +', '3 * b.eta * now.update +'],
      ['Math.sqrt(units * now.s)', '2 * Math.sqrt(units * now.s)'],
    ],
  ),
  // generalization
  ...rows(
    'optim/dist/statistics/counts.js',
    ['overparam/compression-limits'],
    [
      ['-Math.expm1(-(logCodes', '-0.25 * Math.expm1(-(logCodes'],
      ['-Math.expm1(-(logCodes', '-2 * Math.expm1(-(logCodes'],
      ['- Math.log(delta)) / unused', '- Math.log(delta)) / unused / 3'],
    ],
  ),
  ...rows(
    `${overparam}/generalization/stable-compression.js`,
    ['overparam/compression-limits'],
    [
      ['const codes = logBinomial(blocks, distinct) + Math.log(n)', 'const codes = Math.log(n)'],
      ['* (blocks - distinct)', '* blocks * 4'],
    ],
  ),
  ...rows(
    'optim/dist/statistics/binomial-tail.js',
    ['overparam/compression-limits'],
    [
      ['-Math.expm1(logDelta / m)', '-Math.expm1(logDelta / m / 2)'],
      ['top + Math.log(sum)', 'top + Math.log(sum) - 0.01'],
    ],
  ),
  ...rows(
    `${overparam}/generalization/comparisons.js`,
    ['overparam/compression-limits'],
    [
      ['return count / (n + 1)', 'return (0.95 * count) / (n + 1)'],
      ['return count / (n + 1)', 'return (count - 1) / (n + 1)'],
    ],
  ),
  // linear rules
  ...rows(
    'experiments/dist/overparam/perceptron/figures.js',
    ['overparam/perceptron'],
    [
      ['(radius / margin) ** 2', '0.5 * (radius / margin) ** 2'],
      ['(radius / margin) ** 2', '1.5 * (radius / margin) ** 2'],
      ['(radius ** 2 + 2 / eta)', '(radius ** 2 + 1 / eta)'],
      ['(radius ** 2 + 2 / eta)', '(radius ** 2 + 4 / eta)'],
    ],
  ),
  // a network that fits any labels
  ...rows(
    `${overparam}/network/memorize.js`,
    ['overparam/memorize'],
    [['const MARGIN = 1.5', 'const MARGIN = 1.4']],
  ),
  // ReLU
  ...rows(
    `${overparam}/relu/coordinates.js`,
    ['overparam/relu-failure', 'overparam/relu-positive'],
    [
      ['d * Math.log1p(-deadProbability(k))', 'd * Math.log1p(-deadProbability(k + 1))'],
      ['d * Math.log1p(-deadProbability(k))', 'd * Math.log1p(-2 * deadProbability(k))'],
      ['d * Math.log1p(-deadProbability(k))', '2 * d * Math.log1p(-deadProbability(k))'],
      ['return 2 ** -k', 'return 2 ** -(k + 0.3)'],
      ['(1 - n0) / (eta * v ** 2 * active)', '(1 - n0) / (eta * v * active)'],
    ],
  ),
  // the loss of the Gaussian network
  ...rows(
    `${gaussian}/no-overlap/loss.js`,
    ['gaussian/no-overlap', 'gaussian/landscape'],
    [
      ['(r * R * sMinusTCos(theta)) / Math.PI)', '(r * R * sMinusTCos(theta)) / 3)'],
      ['(b / 2) * excess * excess', 'b * excess * excess'],
      ['2 * k * g - 2 * beta', '2 * k * g - beta'],
      ['sin * uHat[i] - theta * wStar[i]', 'sin * uHat[i] + theta * wStar[i]'],
      ['+ b * excess * uHat[i]', '+ 0.5 * b * excess * uHat[i]'],
    ],
  ),
  ...rows(
    `${gaussian}/no-overlap/coefficients.js`,
    ['gaussian/no-overlap', 'gaussian/landscape'],
    [
      ['const a = 1 / k', 'const a = 2 / k'],
      ['const b = (k - 1) / (Math.PI * k)', 'const b = k / (Math.PI * k)'],
      ['(k - 1) / (k - 1 + Math.PI)', '(k - 1) / (k + Math.PI)'],
    ],
  ),
  ...rows(
    `${gaussian}/integral/relu-pair.js`,
    ['gaussian/integral'],
    [['const TWO_PI = 2 * Math.PI', 'const TWO_PI = Math.PI']],
  ),
  ...rows(
    `${gaussian}/leaky/leaky-antiparallel.js`,
    ['gaussian/leaky', 'gaussian/escape'],
    [
      ['others / (others + Math.PI', 'others / (others + 2 * Math.PI'],
      ['Math.sqrt(Math.PI * (Math.PI + 2 * others))', 'Math.sqrt(Math.PI * (Math.PI + others))'],
      ['Math.LN10 / Math.log1p(', 'Math.LN2 / Math.log1p('],
    ],
  ),
  ...rows(
    `${gaussian}/momentum/heavy-ball.js`,
    ['gaussian/momentum'],
    [
      ['Math.abs(1 + beta - eta * lambda) / 2', 'Math.abs(1 - beta - eta * lambda) / 2'],
      ['? Math.sqrt(beta)', '? beta'],
    ],
  ),
  ...rows(
    `${gaussian}/initialization/probability.js`,
    ['gaussian/random-init', 'gaussian/gd-rate'],
    [
      ['return delta / Math.PI', 'return delta / (2 * Math.PI)'],
      ['return half * half', 'return half'],
    ],
  ),
  // steps of gradient descent
  ...rows(
    `${gaussian}/descent/bounds.js`,
    ['gaussian/gd-rate', 'gaussian/escape', 'gaussian/tightness'],
    [
      ['* eps * eps)', '* eps)'],
      ['const DROP = 0.44', 'const DROP = 0.8'],
      ['Math.atan(K * phi * Math.sin(phi))', 'Math.atan(2 * K * phi * Math.sin(phi))'],
      ['(1 / phi - 2 / Math.PI)', '(1 / (phi * phi) - 2 / Math.PI)'],
      ['1 - 2 * eta * (1 - (eta * c) / 2) * ratio', '1 - 4 * eta * (1 - (eta * c) / 2) * ratio'],
      [
        'return escape.value + Math.max(1, Math.ceil(',
        'return Math.ceil(escape.value / 3) + Math.max(1, Math.ceil((1 / 3) * ',
      ],
      [
        '(k - 1) / (eta * coefficients(k).c * phi0)',
        '2 * (k - 1) / (eta * coefficients(k).c * phi0)',
      ],
    ],
  ),
  ...rows(
    `${gaussian}/descent/invariants.js`,
    ['gaussian/tightness'],
    [
      ['const lost = eta * (1 - (eta * c) / 2)', 'const lost = eta * (1 - eta * c)'],
      ['return 2 * plRatio(theta', 'return plRatio(theta'],
      ['4 * k * now.loss', '8 * k * now.loss'],
      ['+ eta * c * R,', '+ 2 * eta * c * R,'],
    ],
  ),
  ...rows(
    `${gaussian}/no-overlap/ray.js`,
    ['gaussian/gd-rate', 'gaussian/landscape', 'gaussian/escape'],
    [
      ['return R * (1 - (a / c) * kappa(theta))', 'return R * (1 - (a / c) * kappa(theta) / 2)'],
      ['(a * c * turn * turn)', '(2 * a * c * turn * turn)'],
    ],
  ),
  ...rows(
    `${gaussian}/integral/s-minus-t-cos.js`,
    ['gaussian/integral', 'gaussian/no-overlap'],
    [['Math.sin(t) - t * Math.cos(t)', 'Math.sin(t) + t * Math.cos(t)']],
  ),
  // overlapping patches
  ...rows(
    `${gaussian}/restarts/overlap-restarts.js`,
    ['gaussian/overlap-restarts'],
    [
      ['counts[kind]++', "counts[wStar[0] > 0.75 * R && kind === 'global' ? 'stuck' : kind]++"],
      ['counts[kind]++', "counts[kind === 'stuck' ? 'global' : kind]++"],
    ],
  ),
  ...rows(
    `${gaussian}/overlap/smoothness.js`,
    ['gaussian/tightness', 'gaussian/overlap-minimum'],
    [
      [
        '(k + PAIR_CURVATURE * shared + apart / Math.PI)',
        '0.7 * (k + PAIR_CURVATURE * shared + apart / Math.PI)',
      ],
      ['(own + cross) / (k * k)', '0.4 * (own + cross) / (k * k)'],
      ['(own + cross) / (k * k)', '2 * (own + cross) / (k * k)'],
      ['C1: (4 + 2 / Math.sqrt(3))', 'C1: 2.5 * (4 + 2 / Math.sqrt(3))'],
      [
        '(k + PAIR_CURVATURE * shared + apart / Math.PI)',
        '(k + 2 * PAIR_CURVATURE * shared + apart / Math.PI)',
      ],
    ],
  ),
  ...rows(
    `${gaussian}/overlap/reflected-teacher.js`,
    ['gaussian/overlap-minimum'],
    [
      ['return (size * size) / (k * k)', 'return size / (k * k)'],
      ['return (size * size) / (k * k)', 'return (size * size) / k'],
    ],
  ),
  // training of a CRF and of an M3N
  ...rows(
    `${structured}/learning/m3n.js`,
    ['structured/training-certificates'],
    [
      ['dual: ell() - (lambda / 2)', 'dual: ell() - (lambda / 4)'],
      [
        'const gap = lambda * across - ell() + L',
        'const gap = 0.9 * (lambda * across - ell() + L)',
      ],
      ['L += problem.loss(i, y)', 'L += 0.9 * problem.loss(i, y)'],
    ],
  ),
  ...rows(
    `${structured}/learning/problem.js`,
    ['structured/training-certificates'],
    [['unary.data[t * K + a] += 1', 'unary.data[t * K + a] += 0.9']],
  ),
  ...rows(
    `${structured}/learning/dual-steps.js`,
    ['structured/training-certificates'],
    [
      ['ell += change', 'ell += 1.01 * change'],
      [
        'ell += (gamma * (to.loss - from.loss)) / n',
        'ell += (1.01 * gamma * (to.loss - from.loss)) / n',
      ],
    ],
  ),
  ...rows(
    `${structured}/learning/fit.js`,
    ['structured/training-certificates'],
    [
      ['dot(gradient, gradient) / (2 * lambda)', 'dot(gradient, gradient) / (8 * lambda)'],
      ['dot(gradient, gradient) / (2 * lambda)', 'dot(gradient, gradient) / lambda'],
    ],
  ),
  // training through projections
  ...rows(
    `${structured}/energy/unrolled.js`,
    ['structured/predict-and-constrain'],
    [
      ['byVelocity[i] *= momentum', 'byVelocity[i] *= 0.5 * momentum'],
      ['sums.c[j] += slope', 'sums.c[j] += 0.5 * slope'],
    ],
  ),
  ...rows(
    `${structured}/cardinality/published-budget.js`,
    ['structured/predict-and-constrain'],
    [['byZ += byRest', 'byZ -= byRest']],
  ),
  // at most c boxes of a class
  ...rows(
    `${structured}/cardinality/transport-dual.js`,
    ['structured/constrained-scenes'],
    [
      ['theta = (sum - 1) / m', 'theta = (sum - 1.001) / m'],
      ['let sum = -this.#caps[k]', 'let sum = -1.01 * this.#caps[k]'],
    ],
  ),
  ...rows(
    `${structured}/cardinality/project-marginals.js`,
    ['structured/constrained-scenes'],
    [['bounds[n + r]', '0.99 * bounds[n + r]']],
  ),
  ...rows(
    `${structured}/cardinality/capped-classes.js`,
    ['structured/constrained-scenes'],
    [
      [
        'if (base - s[j * C + l] < loss[l] - slack)',
        'if (j % 2 && base - s[j * C + l] < loss[l] - slack)',
      ],
      ['Float64Array.from(caps, Math.floor)', 'Float64Array.from(caps, (c) => c + 1)'],
    ],
  ),
]
