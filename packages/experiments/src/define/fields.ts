import type {
  ChoiceParam,
  FileParam,
  FlagParam,
  NumberListParam,
  NumberParam,
  ParamOf,
  TextParam,
} from './params.js'

/** What the author of an experiment writes: all but the kind. */
type Options<T extends { readonly kind: string }> = Omit<T, 'kind'>

/**
 * A whole number in [min, max], |value| ≤ 2^53 − 1.
 *
 * @throws RangeError if min > max, the default lies outside, or a log scale has min ≤ 0
 *
 * @example
 * import { integer } from '@nonconvex/experiments/define'
 * const k = integer({ default: 10, min: 1, max: 1000, scale: 'log', symbol: 'k', help: 'hidden units' })
 * console.log(k.kind, k.default) // → integer 10
 */
export function integer(options: Options<NumberParam>): ParamOf<number> {
  return checkNumber({ kind: 'integer', ...options })
}

/**
 * A finite real number in [min, max].
 *
 * @throws RangeError as `integer`
 *
 * @example
 * import { real } from '@nonconvex/experiments/define'
 * const eta = real({ default: 0.01, min: 1e-6, max: 1, scale: 'log', help: 'step size' })
 * console.log(eta.kind, eta.default) // → real 0.01
 */
export function real(options: Options<NumberParam>): ParamOf<number> {
  return checkNumber({ kind: 'real', ...options })
}

/**
 * A list of 1 to maxLength whole numbers, each in [min, max]; as text '1,10,100'. With `distinct` a
 * number that is given twice is refused: where each is a width to run, say, and no entry of a
 * vector.
 *
 * @throws RangeError if the range is empty, the default does not fit it, or it has a number twice
 *   that is to be there once
 *
 * @example
 * import { integers } from '@nonconvex/experiments/define'
 * const k = integers({ default: [1, 10], min: 1, max: 1000, maxLength: 20, help: 'widths' })
 * console.log(k.default.join()) // → 1,10
 */
export function integers(options: Options<NumberListParam>): ParamOf<readonly number[]> {
  return checkList({ kind: 'integers', ...options })
}

/**
 * A list of 1 to maxLength finite numbers, each in [min, max]; as text '0.1,0.5'. Throws as
 * `integers`.
 */
export function reals(options: Options<NumberListParam>): ParamOf<readonly number[]> {
  return checkList({ kind: 'reals', ...options })
}

/**
 * One of a few words.
 *
 * @throws RangeError if the default is none of them
 *
 * @example
 * import { choice } from '@nonconvex/experiments/define'
 * const loss = choice({ default: 'hinge', values: ['hinge', 'logistic'], help: 'loss' })
 * console.log(loss.values.join()) // → hinge,logistic
 */
export function choice<const V extends readonly string[]>(
  options: Omit<ChoiceParam, 'kind' | 'values' | 'default'> & {
    readonly values: V
    readonly default: NoInfer<V[number]>
  },
): ParamOf<V[number]> {
  if (!options.values.includes(options.default))
    throw new RangeError(
      `choice: default must be one of ${options.values.join(', ')}, got ${options.default}`,
    )
  return { kind: 'choice', ...options }
}

/** Yes or no; as text 'true' or 'false'. */
export function flag(options: Options<FlagParam>): ParamOf<boolean> {
  return { kind: 'flag', ...options }
}

/**
 * A text on one line. Its content is checked by the experiment's review (`object`).
 *
 * @throws RangeError if maxLength is not a whole number ≥ 1, or the default or a suggestion is no
 *   such text
 *
 * @example
 * import { text } from '@nonconvex/experiments/define'
 * const name = text({ default: 'fano', maxLength: 20, form: 'a name', suggestions: ['fano'], help: 'set system' })
 * console.log(name.kind, name.default) // → text fano
 */
export function text(options: Options<TextParam>): ParamOf<string> {
  const { default: given, maxLength, suggestions } = options
  if (!Number.isSafeInteger(maxLength) || maxLength < 1)
    throw new RangeError(`text: maxLength must be a whole number ≥ 1, got ${maxLength}`)
  const wrong = [given, ...suggestions].find((each) => !isLine(each, maxLength))
  if (wrong !== undefined)
    throw new RangeError(
      `text: default and suggestions must be lines of 1 to ${maxLength} characters, got ${JSON.stringify(wrong)}`,
    )
  return { kind: 'text', ...options }
}

/** Characters of a path at most. */
export const longestPath = 1000

/**
 * A file of the user's, by its path; none unless one is given, and then its name is not among the
 * values. What it holds comes from the host: `MeasureContext.scenes`.
 *
 * @example
 * import { file, object } from '@nonconvex/experiments/define'
 * const schema = object({ data: file({ holds: 'annotated scenes', help: 'to learn from' }) })
 * console.log(JSON.stringify([schema.parse({}), schema.parse({ data: 'a.ndjson' })])) // → [{},{"data":"a.ndjson"}]
 */
export function file(options: Omit<Options<FileParam>, 'default'>): ParamOf<string | undefined> {
  return { kind: 'file', default: '', ...options }
}

/** Whether this is one line of 1 to `maxLength` characters without spaces at its ends. */
export function isLine(value: string, maxLength: number): boolean {
  return value.length >= 1 && value.length <= maxLength && /^\S(.*\S)?$/.test(value)
}

/** Whether `value` is a number of this kind in [min, max]. */
export function fits(
  value: number,
  p: { readonly kind: string; readonly min: number; readonly max: number },
): boolean {
  const whole = p.kind === 'integer' || p.kind === 'integers'
  const kindly = whole ? Number.isSafeInteger(value) : Number.isFinite(value)
  return kindly && value >= p.min && value <= p.max
}

function checkRange(p: NumberParam | NumberListParam): void {
  if (!(p.min <= p.max))
    throw new RangeError(`${p.kind}: expected min ≤ max, got ${p.min} and ${p.max}`)
}

function checkNumber(p: NumberParam): NumberParam {
  checkRange(p)
  if (p.scale === 'log' && p.min <= 0)
    throw new RangeError(`${p.kind}: a log scale needs min > 0, got ${p.min}`)
  if (!fits(p.default, p))
    throw new RangeError(`${p.kind}: default must be in [${p.min}, ${p.max}], got ${p.default}`)
  return p
}

function checkList(p: NumberListParam): NumberListParam {
  checkRange(p)
  if (p.default.length < 1 || p.default.length > p.maxLength || !p.default.every((v) => fits(v, p)))
    throw new RangeError(
      `${p.kind}: default must be 1 to ${p.maxLength} numbers in [${p.min}, ${p.max}], got ${p.default.join(',')}`,
    )
  if (p.distinct === true && new Set(p.default).size < p.default.length)
    throw new RangeError(
      `${p.kind}: expected each number of the default once, got ${p.default.join(',')}`,
    )
  return p
}

/** What a whole number may have besides default, range and help. */
interface More {
  readonly min?: number
  readonly symbol?: string
  readonly formerly?: string
}

/** A whole number from 1 up, on a logarithmic slider. */
export const count = (byDefault: number, max: number, help: string, more: More = {}) =>
  integer({ default: byDefault, min: 1, max, scale: 'log', help, ...more })

/** A whole number of a range, on a linear slider. */
export const whole = (
  byDefault: number,
  [min, max]: readonly [min: number, max: number],
  help: string,
  more: Pick<More, 'symbol'> = {},
) => integer({ default: byDefault, min, max, help, ...more })

/** A list of whole numbers from 1 up, each given once. */
export const counts = (
  byDefault: readonly number[],
  [max, maxLength]: readonly [max: number, maxLength: number],
  help: string,
  more: More = {},
) => integers({ distinct: true, default: byDefault, min: 1, max, maxLength, help, ...more })
