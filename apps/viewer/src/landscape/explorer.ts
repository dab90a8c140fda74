import { choice, integer, object, real, text } from '@nonconvex/experiments'
import { explorer } from '../explore/explorer.js'
import { NO_START, parseStarts, startsForm } from './starts.js'

export type LandscapeParams = {
  readonly k: number
  readonly stride: number
  readonly angle: number
  readonly eta: number
  readonly shown: 'contours' | 'surface'
  readonly random: number
  readonly starts: string
}

export const landscapeParams = object(
  {
    k: integer({
      default: 5,
      min: 1,
      max: 50,
      symbol: 'k',
      help: 'windows of the network',
    }),
    stride: integer({
      default: 2,
      min: 1,
      max: 2,
      symbol: 's',
      help: 'stride: with 1 the windows overlap, with 2 they do not',
    }),
    angle: integer({
      default: 135,
      min: 0,
      max: 360,
      symbol: '\\omega',
      unit: 'degrees',
      help: 'direction of the teacher $w^*$',
    }),
    eta: real({
      default: 1,
      min: 0.1,
      max: 1.9,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size in units of $1/L$, the safe one',
    }),
    shown: choice({
      default: 'contours',
      values: ['contours', 'surface'],
      help: 'how the loss is drawn',
    }),
    random: integer({
      default: 0,
      min: 0,
      max: 100,
      help: 'starts on the circle through $w^*$, drawn by the seed',
    }),
    starts: text({
      default: NO_START,
      maxLength: 400,
      form: startsForm,
      suggestions: [NO_START],
      help: 'starts set by hand: x,y,x,y',
    }),
  },
  ({ starts }) => {
    try {
      parseStarts(starts)
      return []
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return [{ where: 'starts', message: `parameter starts: ${message}` }]
    }
  },
)

/** Starts on both sides of the walls between the two basins of the teacher (−1, 1). */
const onBothSides = '0.9,0.3,1.1,-0.2,-0.4,-1.2,-1,-0.6'

export const landscape = explorer<LandscapeParams>({
  id: 'landscape',
  name: 'Landscape by hand',
  part: 'optimisation',
  title: 'Where gradient descent ends depends on whether the windows overlap',
  about:
    'A filter of two weights slides over Gaussian noise and learns from a teacher of its own kind. Its expected loss is a surface over the plane: click there, and gradient descent starts. Let the windows overlap, and for many teachers a second valley appears.',
  formula:
    '\\ell(w) = \\mathbb{E}\\,\\bigl(f(x;w) - f(x;w^*)\\bigr)^2, \\qquad f(x;w) = \\frac1k \\sum_{i=0}^{k-1} \\max\\bigl(0,\\, w_1 x_{is} + w_2 x_{is+1}\\bigr), \\qquad x \\sim \\mathcal{N}(0, I)',
  params: landscapeParams,
  presets: [
    {
      name: 'no overlap',
      title: 'stride 2: three critical points, and every start but those on one ray is led to w*',
      input: { starts: onBothSides },
    },
    {
      name: 'overlap',
      title: 'stride 1: opposite to the teacher (−1, 1) lies a local minimum that is not global',
      input: { stride: 1, starts: onBothSides },
    },
    {
      name: 'easy teacher',
      title: 'stride 1 and the teacher (1, 1): opposite to it lies a saddle, no minimum',
      input: { stride: 1, angle: 45, starts: onBothSides },
    },
  ],
  view: async () => (await import('./landscape.js')).Landscape,
})
