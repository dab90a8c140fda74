import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, count, reals, whole } from '../../define/fields.js'
import { powersOfTenth } from '../powers-of-tenth.js'

const vector = (byDefault: readonly number[], symbol: string, help: string) =>
  reals({ default: byDefault, min: -1000, max: 1000, maxLength: 50, symbol, help })

const fault = (where: 'u' | 'v', expected: string) => ({
  where,
  message: `parameter ${where}: expected ${expected}`,
})

const BLOCK = 20

/** Angles to the opposite vector at which correct digits are counted: 1e-1 … 1e-8. */
export const smallAngles = powersOfTenth(8)

/** The integral behind all closed forms, against samples, quadrature and its naive form. */
export const integral = experiment({
  id: 'gaussian/integral',
  part: 'optimization',
  name: 'Integral',
  title: 'The expected product of two ReLUs depends only on the norms and the angle',
  about:
    'Every closed form of this part rests on one expectation: that of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ over standard normal inputs. ' +
    'Here the closed form is compared with samples and with quadrature, at angles from $0$ to $\\pi$. ' +
    'Near $\\pi$ it falls like $\\varphi^3$; computed with an arc cosine it loses all digits to rounding, and an equivalent form keeps them.',
  formula:
    'g(u,v) = \\mathbb{E}\\,\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\theta + (\\pi-\\theta)\\cos\\theta\\big) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\varphi - \\varphi\\cos\\varphi\\big)',
  symbols: [
    { tex: 'u, v', text: 'two weight vectors' },
    { tex: 'x', text: 'input of independent standard normal coordinates' },
    { tex: '\\theta', text: 'angle between u and v' },
    { tex: '\\varphi', text: 'π − θ, angle between u and −v' },
  ],
  source: {
    talk: 'Gaussian Inputs: the integral g(u, v)',
    paper: 'Cho & Saul (2009), arc-cosine kernel of degree 1',
    ours: 'the numerically stable form',
  },
  params: {
    angles: count(200, 2000, 'angles between the two vectors, evenly spaced on [0, π]', {
      min: 10,
    }),
    m: whole(2, [2, 50], 'length of the vectors', { symbol: 'm' }),
    samples: count(100_000, 10_000_000, 'inputs drawn at each angle', { min: 100, symbol: 'N' }),
    pairs: count(
      20,
      1000,
      'random pairs of vectors at each of eight small angles, for counting correct digits',
    ),
    inputs: choice({
      default: 'normal',
      values: ['normal', 'uniform'],
      help: 'distribution of each input coordinate, with mean 0 and variance 1; the closed form needs normal inputs',
    }),
    u: vector(
      [1, 2, -1],
      'u',
      'a nonzero weight vector; the expected product with $v$ has its own table',
    ),
    v: vector([0.5, -1, 2], 'v', 'another nonzero weight vector of the same length'),
  },
  review: ({ u, v }) => [
    ...(u.length === v.length
      ? []
      : [fault('v', `as many numbers as u, ${u.length}, got ${v.length}`)]),
    ...(u.some((x) => x !== 0) ? [] : [fault('u', 'a vector that has an angle, got zero')]),
    ...(v.some((x) => x !== 0) ? [] : [fault('v', 'a vector that has an angle, got zero')]),
  ],
  presets: { quick: { samples: 20_000 }, full: { samples: 1_000_000 } },
  expectedSeconds: { quick: 0.3, full: 8 },
  cells: {
    // angles [from, to) of the even grid on [0, π]
    angles: ({ angles }) => blocks(angles, BLOCK),
    // pairs that are `phi` away from opposite
    digits: () => smallAngles.map((phi) => ({ key: `digits=${phi.toExponential()}`, phi })),
    // the pair u, v
    pair: () => [{}],
  },
})

export type Params = ParamsOf<typeof integral>
