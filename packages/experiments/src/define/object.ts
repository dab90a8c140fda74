import * as v from 'valibot'
import { fits, isLine, longestPath } from './fields.js'
import { InputError, shown, type InputIssue } from './input-error.js'
import { didYouMean } from './nearest.js'
import type { NumberListParam, NumberParam, Param, ParamOf, ParamSchema } from './params.js'

/** The type of the values that a record of parameters describes. */
export type ValuesOf<S extends { readonly [name: string]: ParamOf<unknown> }> = {
  readonly [K in keyof S]: S[K] extends ParamOf<infer T> ? T : never
}

/**
 * The schema of an experiment's parameters; flags, forms and the parser are made from it.
 *
 * `parse` gives complete values in the order of the fields (a file that is not given has none), and
 * reads text as the kind asks. It reports all faults at once: `InputError.issues` has one entry for
 * each, with the parameter's name as `where`.
 *
 * @param review - further faults of values that are valid one by one: two that do not fit, a text
 *   that cannot be parsed; each issue names a parameter, and its message starts with 'parameter
 *   <name>: '
 *
 * @example
 * import { integer, integers, object } from '@nonconvex/experiments/define'
 * const schema = object({
 *   k: integer({ default: 10, min: 1, max: 1000, help: 'hidden units' }),
 *   ks: integers({ default: [1, 10], min: 1, max: 1000, maxLength: 9, help: 'widths' }),
 * })
 * console.log(JSON.stringify(schema.parse({ ks: '1,10,100' }))) // → {"k":10,"ks":[1,10,100]}
 */
export function object<const S extends { readonly [name: string]: ParamOf<unknown> }>(
  fields: S,
  review: (values: ValuesOf<S>) => readonly InputIssue[] = () => [],
): ParamSchema<ValuesOf<S>> {
  const names = Object.keys(fields)
  const parsers = new Map(names.map((name) => [name, parserOf(fields[name])]))
  const renamed = new Map(
    names.flatMap((name) => {
      const { formerly } = fields[name]
      return formerly === undefined ? [] : [[formerly, name] as const]
    }),
  )
  const parse = (given: { readonly [name: string]: unknown }): ValuesOf<S> => {
    // the later entry wins, as in a spread
    const input: { readonly [name: string]: unknown } = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [renamed.get(name) ?? name, value]),
    )
    const issues: InputIssue[] = []
    for (const name of Object.keys(input))
      if (!parsers.has(name))
        issues.push({ where: name, message: unknownName(name, names), code: 'parameter-unknown' })
    const values: [string, unknown][] = []
    for (const [name, parser] of parsers) {
      const value = Object.hasOwn(input, name) ? input[name] : undefined
      const got = v.safeParse(parser, value === undefined ? fields[name].default : value)
      // a file that was not given has no value, so that results without it are as if it could not
      // be given
      if (got.success && fields[name].kind === 'file' && got.output === '') continue
      const twice = got.success ? repeated(fields[name], got.output) : undefined
      if (twice !== undefined)
        issues.push({
          where: name,
          message: `parameter ${name}: expected each number once, got ${twice} more than once`,
          code: 'parameter-repeated',
        })
      else if (got.success) values.push([name, got.output])
      else
        issues.push({
          where: name,
          message: fault(name, fields[name], value),
          code: 'parameter-value',
        })
    }
    const complete = Object.fromEntries(values) as ValuesOf<S>
    if (issues.length === 0)
      for (const issue of review(complete))
        issues.push({ code: 'parameters-inconsistent', ...issue })
    if (issues.length > 0) throw new InputError(issues.map((i) => i.message).join('\n'), issues)
    return complete
  }
  return { fields, parse }
}

/**
 * What a parameter accepts, in words: 'a whole number in [1, 1000]'. Used in messages and by
 * `show`.
 */
export function allowed(p: Param): string {
  switch (p.kind) {
    case 'integer':
      return `a whole number in [${p.min}, ${p.max}]`
    case 'real':
      return `a number in [${p.min}, ${p.max}]`
    case 'integers':
      return `1 to ${p.maxLength} whole numbers in [${p.min}, ${p.max}], ${listed(p)}`
    case 'reals':
      return `1 to ${p.maxLength} numbers in [${p.min}, ${p.max}], ${listed(p)}`
    case 'choice':
      return `one of ${p.values.join(', ')}`
    case 'flag':
      return 'true or false'
    case 'text':
      return `${p.form}, on one line of at most ${p.maxLength} characters`
    case 'file':
      return `a path to ${p.holds}, or nothing`
  }
}

const listed = ({ distinct }: NumberListParam): string =>
  `${distinct === true ? 'each once, ' : ''}separated by commas`

/** A number that stands twice in a list that names each once. */
function repeated(p: Param, value: unknown): number | undefined {
  if (!(p.kind === 'integers' || p.kind === 'reals') || p.distinct !== true) return undefined
  const list = value as readonly number[]
  return list.find((each, i) => list.indexOf(each) < i)
}

function unknownName(name: string, names: readonly string[]): string {
  const list = names.length > 0 ? names.join(', ') : 'none'
  return `unknown parameter ${shown(name)}${didYouMean(name, names) || `; known: ${list}`}`
}

function fault(name: string, p: Param, given: unknown): string {
  const more = p.kind === 'choice' && typeof given === 'string' ? didYouMean(given, p.values) : ''
  return `parameter ${name}: expected ${allowed(p)}, got ${shown(given)}${more}`
}

function parserOf(p: Param): v.GenericSchema<unknown, unknown> {
  switch (p.kind) {
    case 'integer':
    case 'real':
      return numberParser(p)
    case 'integers':
    case 'reals':
      return v.pipe(
        v.unknown(),
        v.transform((x) => (typeof x === 'string' ? x.split(',') : x)),
        v.array(numberParser(p)),
        v.minLength(1),
        v.maxLength(p.maxLength),
      )
    case 'choice':
      return v.picklist(p.values)
    case 'flag':
      return v.pipe(
        v.unknown(),
        v.transform((x) => (x === 'true' ? true : x === 'false' ? false : x)),
        v.boolean(),
      )
    case 'text':
      return v.pipe(
        v.string(),
        v.trim(),
        v.check((x) => isLine(x, p.maxLength)),
      )
    case 'file':
      return v.pipe(
        v.string(),
        v.trim(),
        v.check((x) => x === '' || isLine(x, longestPath)),
      )
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Numbers and decimal text ('3', '1e-3'); the other ways to write numbers (hex, '', '1_0') are
 * refused.
 */
function numberParser(p: NumberParam | NumberListParam): v.GenericSchema<unknown, number> {
  return v.pipe(
    v.unknown(),
    v.transform((x) => (typeof x === 'string' && decimal.test(x.trim()) ? Number(x) : x)),
    v.number(),
    v.check((x) => fits(x, p)),
    // −0 is written as 0 in JSON: make them one value here
    v.transform((x) => (x === 0 ? 0 : x)),
  )
}
