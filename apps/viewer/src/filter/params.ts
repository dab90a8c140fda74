import { integer, object, reals } from '@nonconvex/experiments/define'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type FilterParams = {
  readonly k: number
  readonly stride: number
  readonly teacher: readonly number[]
  readonly student: readonly number[]
}

/** The largest weight that can be dragged. */
export const LARGEST = 1.5

const weights = { min: -LARGEST, max: LARGEST, maxLength: 4 } as const

export const filterParams = object(
  {
    k: integer({ default: 4, min: 1, max: 6, symbol: 'k', help: 'number of patches' }),
    stride: integer({
      default: 3,
      min: 1,
      max: 4,
      symbol: 's',
      help: 'stride: below the length of the filter the patches overlap',
    }),
    teacher: reals({
      default: [1, -0.5, 0.75],
      ...weights,
      symbol: 'w^*',
      help: 'weights of the teacher filter',
    }),
    student: reals({
      default: [0.75, -0.25, -0.5],
      ...weights,
      symbol: 'w',
      help: 'weights of the student filter',
    }),
  },
  ({ teacher, student }) =>
    teacher.length === student.length
      ? []
      : [
          {
            where: 'student',
            message: `parameter student: expected ${teacher.length} weights, as many as the teacher has, got ${student.length}`,
          },
        ],
)
