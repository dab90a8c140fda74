import { rows } from './mutant-rows.mjs'

const gaussian = 'gaussian-theory/dist'

/** False theorems on the other results for Gaussian inputs. */
export const teacherStudentMutants = [
  // one filter with free output weights
  ...rows(
    `${gaussian}/teacher-student/du.js`,
    ['gaussian/du'],
    [
      ['(g - 1) / (Math.PI - 1)) * (x - mean)', '(g - 1) / Math.PI) * (x - mean)'],
      ['(k + g - 1) / (k + Math.PI - 1)', '(k + g) / (k + Math.PI - 1)'],
    ],
  ),
  // neurons against orthonormal teachers
  ...rows(
    `${gaussian}/teacher-student/teacher-spectrum.js`,
    ['gaussian/safran-shamir'],
    [
      ['[1 / 4 - 1 / TAU, (k', '[1 / 4 - 1 / 6, (k'],
      ['(k * (k - 3)) / 2', '(k * (k - 1)) / 2'],
      ['roots((k + 2) / 4', 'roots((k + 1) / 4'],
      ['+ 1 / 8 + 1 / (4 * Math.PI)', '+ 1 / 8 + 1 / (2 * Math.PI)'],
      ['(1 / 2 + (k - 1) / TAU)', '(1 / 2 + k / TAU)'],
    ],
  ),
  ...rows(
    `${gaussian}/teacher-student/wider-networks.js`,
    ['gaussian/safran-shamir'],
    [
      ['(s === t ? 1 / 2 : 0)', '(s === t ? 1 / 4 : 0)'],
      ['a[i] * a[j] * K[AT.r]', '1.1 * a[i] * a[j] * K[AT.r]'],
      ['2 * a[i] * b[j] * cross', 'a[i] * b[j] * cross'],
    ],
  ),
  ...rows(
    `${gaussian}/teacher-student/symmetric-family.js`,
    ['gaussian/safran-shamir'],
    [['side, 1.3 / k, side - 1, side]', 'side, 1.3 / k, 1 - side, side]']],
  ),
  ...rows(
    `${gaussian}/teacher-student/published-search.js`,
    ['gaussian/safran-shamir'],
    [
      ['[8, 126, 0.021508037]', '[8, 426, 0.021508037]'],
      ['[8, 126, 0.021508037]', '[8, 126, 0.021508039]'],
      ['[8, 1, 0.020560792]', '[8, 1, 0.020560794]'],
    ],
  ),
  ...rows(
    `${gaussian}/teacher-student/kernels.js`,
    ['gaussian/safran-shamir'],
    [
      ['out[0] = (D + r * f) / TAU', 'out[0] = (D + r * f) / 6'],
      ['out[5] = inverse / (4 * TAU)', 'out[5] = inverse / (3 * TAU)'],
      ['out[7] = (-r * inverse) / (2 * TAU * p)', 'out[7] = (-r * inverse) / (TAU * p)'],
    ],
  ),
  ...rows(
    `${gaussian}/teacher-student/relu-intervals.js`,
    ['gaussian/safran-shamir'],
    [
      ['weights[j] / 2 : weights[j]', 'weights[j] : weights[j]'],
      ['mul(a[i], div(x, 2))', 'mul(a[i], x)'],
      ['interval(a[i] / 2)', 'interval(a[i])'],
      ['div(v.norm, mul(TWO_PI, u.norm))', 'div(v.norm, TWO_PI)'],
      ['s === t ? at.phi : ZERO', 's === t ? at.theta : ZERO'],
    ],
  ),
  // linear networks
  ...rows(
    `${gaussian}/linear-nets/critical-values.js`,
    ['gaussian/linear-nets'],
    [
      ['loss - e[i] / 2', 'loss - e[i]'],
      ['.filter((kept) => kept.length <= p)', '.filter((kept) => kept.length === p)'],
    ],
  ),
  ...rows(
    `${gaussian}/linear-nets/saxe.js`,
    ['gaussian/linear-nets'],
    [['(T / (2 * s)) * Math.log(s / u0 - 1)', '(T / s) * Math.log(s / u0 - 1)']],
  ),
  ...rows(
    `${gaussian}/linear-nets/residual.js`,
    ['gaussian/linear-nets'],
    [
      ['let factor = 4 * l', 'let factor = 2 * l'],
      ['factor *= (1 - tau) * (1 - tau)', 'factor *= 1 - tau'],
      ['values[0] * loss', 'values[R.rows - 1] * loss'],
      ['Math.expm1(Math.log(values[j]) / l)', 'Math.expm1(Math.log(values[j]))'],
    ],
  ),
  ...rows(
    `${gaussian}/linear-nets/claims.js`,
    ['gaussian/linear-nets'],
    [['bound: mu - largest', 'bound: 2 * (mu - largest)']],
  ),
  // next to a teacher
  ...rows(
    `${gaussian}/zhong/constants.js`,
    ['gaussian/zhong'],
    [
      ['beta0 - a0 * a0 - a1 * a1', 'beta0 - a0 * a0 - 2 * a1 * a1'],
      ['alpha[1] += mass * s * z', 'alpha[1] += mass * s * z * z'],
    ],
  ),
]
