import { file } from '../../define/fields.js'

/** The sets of examples, with their names. */
export const setNames = {
  synthetic: 'synthetic labels',
  digits: 'digits in a row',
  data: 'given examples',
} as const

export type SetName = keyof typeof setNames

/** Where examples come from. */
export type SetParams = {
  readonly train: number
  readonly test: number
  readonly maxDigits: number
  readonly data?: string | undefined
}

export const dataFolder = file({
  holds: 'multilabel examples',
  help: 'folder of NAME-train.arff, NAME-test.arff and NAME.xml, or of one ARFF file and its XML, whose last fifth is the test set; default: synthetic labels and digits in a row',
})

/** The sets of a run. */
export const setsOf = ({ data }: Pick<SetParams, 'data'>): readonly SetName[] =>
  data === undefined ? ['synthetic', 'digits'] : ['data']

/** A cell for the files of a run, if there are some. */
export const fileCells = ({ data }: Pick<SetParams, 'data'>) => (data === undefined ? [] : [{}])
