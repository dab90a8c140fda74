import {
  acos,
  add,
  atan,
  div,
  interval,
  mid,
  mul,
  PI,
  sqr,
  sqrt,
  sub,
  type Interval,
} from '@nonconvex/tensor/interval'
import type { CheckedAssertion } from '../claims/proof.js'

const operations = { '+': add, '-': sub, '*': mul, '/': div, square: sqr, sqrt, atan, acos }

/**
 * A real expression as plain data: a number (`'3'`, `'0.44'`, `'3/7'`), `'pi'`, the name of a
 * variable, or an operation with its operands.
 */
export type Term =
  | string
  | readonly ['+' | '-' | '*' | '/', Term, Term]
  | readonly ['square' | 'sqrt' | 'atan' | 'acos', Term]

/** left ≤ right for all values of the variables in their ranges. */
export interface Inequality {
  /** what the two sides are, in words */
  readonly says: string
  readonly left: Term
  readonly right: Term
  /** the range of each variable: numbers as texts */
  readonly where?: { readonly [variable: string]: readonly [string, string] }
}

/** Boxes before giving up. */
const MOST_PIECES = 4096

/**
 * Decides an inequality by interval arithmetic: the ranges are halved until both sides are
 * separated on every piece. Refuted if the right side is smaller in the middle of a piece.
 *
 * @param inequality - numbers in it are texts, and exact
 * @throws RangeError for a text that is neither a number nor a variable
 *
 * Cost: two enclosures for each piece. Source: ours.
 *
 * @example
 * import { decideInequality } from '@nonconvex/optim/certify'
 * const where = { x: ['0', '1'] } as const
 * const says = 'a parabola and its largest value'
 * const left = ['*', 'x', ['-', '1', 'x']] as const
 * console.log(decideInequality({ says, left, right: '0.26', where }).outcome) // → proved
 * console.log(decideInequality({ says, left, right: '0.24', where }).outcome) // → refuted
 */
export function decideInequality(inequality: Inequality): CheckedAssertion {
  const { says, left, right, where = {} } = inequality
  const names = Object.keys(where)
  const first = names.map((name) => {
    const [low, high] = where[name].map(enclosed)
    return interval(low.lo, high.hi)
  })
  const assertion = { kind: 'inequality', says, left, right, where }
  const boxes = [first]
  for (let pieces = 0; pieces < MOST_PIECES; pieces++) {
    const box = boxes.pop()
    if (box === undefined) return { assertion, outcome: 'proved' }
    const sides = (at: readonly Interval[]) => {
      const values = Object.fromEntries(names.map((name, i) => [name, at[i]]))
      return [enclose(left, values), enclose(right, values)] as const
    }
    const [low, high] = sides(box)
    if (low.hi <= high.lo) continue
    const [below, above] = sides(box.map((x) => interval(mid(x))))
    if (below.lo > above.hi) return { assertion, outcome: 'refuted' }
    if (box.length === 0) break
    const widths = box.map((x) => x.hi - x.lo)
    const widest = widths.indexOf(Math.max(...widths))
    const middle = mid(box[widest])
    for (const half of [interval(box[widest].lo, middle), interval(middle, box[widest].hi)])
      boxes.push(box.map((x, i) => (i === widest ? half : x)))
  }
  return { assertion, outcome: 'open' }
}

function enclose(term: Term, values: { readonly [name: string]: Interval }): Interval {
  if (typeof term === 'string')
    return term === 'pi' ? PI : term in values ? values[term] : enclosed(term)
  if (term.length === 2) return operations[term[0]](enclose(term[1], values))
  return operations[term[0]](enclose(term[1], values), enclose(term[2], values))
}

/** Encloses the number that a text denotes. */
function enclosed(text: string): Interval {
  const [numerator, denominator] = text.split('/')
  if (denominator !== undefined) return div(enclosed(numerator), enclosed(denominator))
  const x = Number(text)
  if (!Number.isFinite(x) || text.trim() === '')
    throw new RangeError(`decideInequality: expected a number, got ${text}`)
  if (Number.isSafeInteger(x)) return interval(x)
  // the nearest float64 number is off by less than one part in 2^53
  const off = Math.abs(x) * 2 ** -52 + Number.MIN_VALUE
  return interval(x - off, x + off)
}
