import { object, real, reals } from '@nonconvex/experiments/define'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type WholePictureParams = {
  readonly context: number
  readonly person: readonly number[]
  readonly board: readonly number[]
  readonly ground: readonly number[]
}

export const scoreRange = { min: -0.5, max: 1.5, step: 0.05 } as const

/** Parts with their number of labels, in the order of the model. */
export const parts = [
  ['person', 2],
  ['board', 2],
  ['ground', 3],
] as const

const scores = (node: number, values: readonly number[], help: string) =>
  reals({
    default: values,
    min: scoreRange.min,
    max: scoreRange.max,
    maxLength: values.length,
    symbol: `\\theta_${node}`,
    help,
  })

export const wholePictureParams = object(
  {
    context: real({
      default: 1,
      min: 0,
      max: 2,
      symbol: 'c',
      help: 'weight of the scores of pairs; 0 leaves each part alone',
    }),
    person: scores(1, [0.2, 0], 'scores of man, woman'),
    board: scores(2, [0.6, 0], 'scores of skateboard, surfboard'),
    ground: scores(3, [0, 0.5, 0.3], 'scores of road, sand, wave'),
  },
  (values) =>
    parts
      .filter(([part, count]) => values[part].length !== count)
      .map(([part, count]) => ({
        where: part,
        message: `parameter ${part}: expected ${count} scores, got ${values[part].length}`,
      })),
)
