import { blocks } from '../../define/blocks.js'
import { experiment } from '../../define/definition.js'
import { choice, integer, reals } from '../../define/fields.js'
import { powersOfTenth } from '../powers-of-tenth.js'

const vector = { min: -1000, max: 1000, maxLength: 50 } as const

const fault = (where: 'u' | 'v', expected: string) => ({
  where,
  message: `parameter ${where}: expected ${expected}`,
})

const BLOCK = 20

/** Angles to the opposite vector at which digits are counted: 1e-1 … 1e-8. */
export const smallAngles = powersOfTenth(8)

/**
 * The integral that carries all closed forms: against samples, quadrature and its own naive form.
 */
export const integral = experiment({
  id: 'gaussian/integral',
  part: 'optimisation',
  name: 'The integral',
  title: 'The mean of a product of two ReLUs depends only on lengths and angle',
  about:
    'Every closed form of this part rests on one mean: that of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ over standard normal inputs. ' +
    'Here it is compared with samples and with numerical integration, at angles from $0$ to $\\pi$. ' +
    'Near $\\pi$ it falls like $\\varphi^3$, and written with an arc cosine it is soon nothing but rounding error; another way to write it keeps its digits.',
  formula:
    'g(u,v) = \\mathbb{E}\\,\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\theta + (\\pi-\\theta)\\cos\\theta\\big) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\varphi - \\varphi\\cos\\varphi\\big)',
  symbols: [
    { tex: 'u, v', text: 'two vectors of weights' },
    { tex: 'x', text: 'input of independent standard normal coordinates' },
    { tex: '\\theta', text: 'angle between u and v' },
    { tex: '\\varphi', text: 'π − θ, angle between u and −v' },
  ],
  source: {
    talk: 'Gaussian Inputs: the integral g(u, v)',
    paper: 'Cho & Saul (2009), arc-cosine kernel of degree 1',
    ours: 'the form that keeps its digits',
  },
  params: {
    angles: integer({
      default: 200,
      min: 10,
      max: 2000,
      scale: 'log',
      help: 'angles between the two vectors, even on [0, π]',
    }),
    m: integer({ default: 2, min: 2, max: 50, symbol: 'm', help: 'length of the vectors' }),
    samples: integer({
      default: 100_000,
      min: 100,
      max: 10_000_000,
      scale: 'log',
      symbol: 'N',
      help: 'inputs drawn at each angle',
    }),
    pairs: integer({
      default: 20,
      min: 1,
      max: 1000,
      scale: 'log',
      help: 'random pairs on which digits are counted, at each of eight small angles',
    }),
    inputs: choice({
      default: 'normal',
      values: ['normal', 'uniform'],
      help: 'distribution of each coordinate of the inputs, with mean 0 and variance 1; the formula needs normal',
    }),
    u: reals({
      default: [1, 2, -1],
      ...vector,
      symbol: 'u',
      help: 'a vector of weights, not zero; the mean with $v$ has its own table',
    }),
    v: reals({
      default: [0.5, -1, 2],
      ...vector,
      symbol: 'v',
      help: 'another, of the same length',
    }),
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
