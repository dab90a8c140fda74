import { flag, integer, object, real, text } from '@nonconvex/experiments/define'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type DataParams = {
  readonly k: number
  readonly bias: number
  readonly standardise: boolean
  readonly label: string
  readonly positive: string
}

/** The text of a field whose value the file decides. */
export const AUTO = 'auto'

const name = { default: AUTO, maxLength: 200, suggestions: [AUTO] } as const

export const dataParams = object({
  k: integer({
    default: 100,
    min: 1,
    max: 2000,
    scale: 'log',
    symbol: 'k',
    help: 'width: hidden units of each sign',
  }),
  bias: real({
    default: 1,
    min: 0,
    max: 100,
    help: 'constant feature that acts as a bias; 0: none',
  }),
  standardise: flag({
    default: false,
    help: 'scale every feature to mean 0 and standard deviation 1; voids the compression bounds',
  }),
  label: text({
    ...name,
    form: `${AUTO}, or a column by name or number`,
    help: `label column; ${AUTO}: the one named label, class or target, or the last`,
  }),
  positive: text({
    ...name,
    form: `${AUTO}, or a label`,
    help: `label of the positive class, against all others; ${AUTO}: the later of two`,
  }),
})
