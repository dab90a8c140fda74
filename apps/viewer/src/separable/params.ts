import { integer, object, real, text } from '@nonconvex/experiments/define'
import { isPointSet, MAX_POINTS, parsePoints, pointsForm, pointSetNames } from './points.js'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type SeparableParams = {
  readonly k: number
  readonly alpha: number
  readonly eta: number
  readonly points: string
}

export const separableParams = object(
  {
    k: integer({
      default: 100,
      min: 1,
      max: 1000,
      scale: 'log',
      symbol: 'k',
      help: 'width: hidden units of each sign',
    }),
    alpha: real({
      default: 0.1,
      min: 0.01,
      max: 1,
      scale: 'log',
      symbol: '\\alpha',
      help: 'leaky ReLU slope',
    }),
    eta: real({
      default: 10,
      min: 0.1,
      max: 100,
      scale: 'log',
      symbol: '\\eta',
      help: 'learning rate of SGD',
    }),
    points: text({
      default: pointSetNames[0],
      maxLength: 4 * MAX_POINTS + 1,
      form: pointsForm,
      suggestions: pointSetNames,
      help: 'a set by its name, drawn from the seed, or what you draw',
    }),
  },
  ({ points }) => {
    if (isPointSet(points)) return []
    try {
      parsePoints(points)
      return []
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return [{ where: 'points', message: `parameter points: ${message}` }]
    }
  },
)
