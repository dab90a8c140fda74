import { choice, flag, integer, object, real, text } from '@nonconvex/experiments/define'
import { NO_POINTS, parseInitialPoints, initialPointsForm } from './initial-points.js'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type LandscapeParams = {
  readonly k: number
  readonly stride: number
  readonly angle: number
  readonly eta: number
  readonly shown: 'contours' | 'surface'
  readonly basins: boolean
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
      help: 'number of patches',
    }),
    stride: integer({
      default: 2,
      min: 1,
      max: 2,
      symbol: 's',
      help: 'stride: at 1 the patches overlap, at 2 they do not',
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
      help: 'step size in units of $1/L$',
    }),
    shown: choice({
      default: 'contours',
      values: ['contours', 'surface'],
      help: 'how the loss is drawn',
    }),
    basins: flag({
      default: true,
      help: 'tint the initial points from which gradient descent does not reach $w^*$',
    }),
    random: integer({
      default: 0,
      min: 0,
      max: 100,
      help: 'random initializations on the circle through $w^*$, drawn from the seed',
    }),
    starts: text({
      default: NO_POINTS,
      maxLength: 400,
      form: initialPointsForm,
      suggestions: [NO_POINTS],
      help: 'initial points: x,y,x,y',
    }),
  },
  ({ starts }) => {
    try {
      parseInitialPoints(starts)
      return []
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return [{ where: 'starts', message: `parameter starts: ${message}` }]
    }
  },
)
