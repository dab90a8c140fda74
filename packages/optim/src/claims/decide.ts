import { readable } from './readable.js'
import type { Claim, Hypothesis, Json, Relation, Status, Verdict } from './verdict.js'

/** The evidence for or against a claim on one run. */
export interface Evidence {
  /** one sentence with its numbers: '133 updates, at most 2,410 allowed' */
  readonly statement: string
  readonly measured?: number
  readonly relation?: Relation
  readonly bound?: number
  /**
   * ≥ 0, absolute, default 0: the error budget of the arithmetic, in favor of the claim (see
   * `standsTo`)
   */
  readonly slack?: number
  /**
   * The bound is that of a theorem, no tolerance or threshold of the program: the verdict gets its
   * `tightness`, and a bound of more than 100 times the measured number is said not to be tested. A
   * string is the id of the claim that shows how nearly the bound is attained.
   */
  readonly inequality?: true | string
  /** ≥ 0: the fraction of a bound that the tightest instance of this claim reaches */
  readonly attains?: number
  /** in (0, 1), of a statistical verdict */
  readonly confidence?: number
  readonly hypotheses?: readonly Hypothesis[]
  readonly witness?: Json
  /**
   * a truth value that decides, alone or together with the comparison of two numbers; if both are
   * given, both must be true
   */
  readonly holds?: boolean
  /** why the claim cannot be decided: 'the budget of 1,000 steps ran out' */
  readonly undecided?: string
}

/**
 * Whether a measured number satisfies its bound, with slack in favor of the claim:
 *
 *     measured <= bound + slack,   measured >= bound − slack,   |measured − bound| <= slack  for '=='
 *
 * False if any of the numbers is NaN.
 *
 * @example
 * import { standsTo } from '@nonconvex/optim/claims'
 * console.log(standsTo(1.0000001, '<=', 1, 1e-6)) // → true
 */
export function standsTo(measured: number, relation: Relation, bound: number, slack = 0): boolean {
  switch (relation) {
    case '<=':
      return measured <= bound + slack
    case '>=':
      return measured >= bound - slack
    case '==':
      return measured === bound || Math.abs(measured - bound) <= slack
  }
}

/**
 * The verdict on a claim, from its evidence. The first rule that applies decides:
 *
 * 1. a hypothesis fails → `inapplicable`; the statement names it, with its number
 * 2. `undecided` is given → `inconclusive`, with that reason
 * 3. `measured` or `bound` is not finite → `inconclusive`, and the number is dropped (a claim with
 * an infinite bound could not be violated)
 * 4. the comparison (see `standsTo`) and `holds`, whichever are given, are true → `holds`
 * 5. otherwise → `violated`
 *
 * @throws RangeError on misuse: an empty statement; a relation without both numbers; a slack that
 *   is negative or not finite; a confidence outside (0, 1); no number and no truth value; a
 *   statistical claim without a confidence
 *
 * @example
 * import { decide, type Claim } from '@nonconvex/optim/claims'
 * const claim: Claim = { id: 'demo/few', title: 'SGD makes at most 200 updates', rigor: 'proof', source: {} }
 * const found = { statement: '133 updates, at most 2,410', measured: 133, bound: 2410 }
 * console.log(decide(claim, { ...found, relation: '<=' }).status) // → holds
 */
export function decide(claim: Claim, d: Evidence): Verdict {
  checkUse(claim, d)
  const { measured, relation, bound, confidence, witness } = d
  const [status, statement] = answer(claim, d)
  const tightness = d.inequality === undefined ? undefined : tightnessOf(d)
  const untested = status === 'holds' && tightness !== undefined && tightness < TESTED
  return {
    claim: claim.id,
    title: claim.title,
    status,
    statement: untested ? `${statement}; ${notTested(tightness)}` : statement,
    rigor: claim.rigor,
    // + 0 because JSON has no −0
    ...(measured !== undefined && Number.isFinite(measured) && { measured: measured + 0 }),
    ...(relation !== undefined && { relation }),
    ...(bound !== undefined && Number.isFinite(bound) && { bound: bound + 0 }),
    ...(tightness !== undefined && { tightness }),
    ...(typeof d.inequality === 'string' && { attainedBy: d.inequality }),
    ...(d.attains !== undefined &&
      d.attains >= 0 &&
      d.attains < Infinity && { attains: d.attains }),
    ...(confidence !== undefined && { confidence }),
    hypotheses: d.hypotheses ?? [],
    ...(witness !== undefined && { witness }),
    source: claim.source,
  }
}

/** A run that reaches less than this fraction of a bound does not test its constants. */
const TESTED = 0.01

const notTested = (tightness: number): string =>
  tightness === 0
    ? 'nothing of the bound is used: not tested by this run'
    : `the bound is ${readable(1 / tightness, 3)} times as large: not tested by this run`

/**
 * measured/bound for ≤, bound/measured for ≥; undefined for =, and where there is no such ratio, as
 * for a distance ≥ 0 or a number of violations ≤ 0.
 */
function tightnessOf({ measured, relation, bound }: Evidence): number | undefined {
  if (measured === undefined || bound === undefined) return undefined
  const [part, whole] = relation === '>=' ? [bound, measured] : [measured, bound]
  const fraction = part / whole
  return relation !== '==' && part >= 0 && whole > 0 && bound > 0 && Number.isFinite(fraction)
    ? fraction
    : undefined
}

function answer(claim: Claim, d: Evidence): readonly [Status, string] {
  const { measured, relation, bound, statement } = d
  const failing = (d.hypotheses ?? []).filter((h) => h.status === 'fails')
  if (failing.length > 0) return ['inapplicable', `not met: ${failing.map(withNumber).join('; ')}`]
  const undecided = (why: string) => ['inconclusive', `${statement}; undecided: ${why}`] as const
  if (d.undecided !== undefined) return undecided(d.undecided)
  for (const [name, x] of [
    ['measured', measured],
    ['bound', bound],
  ] as const)
    if (x !== undefined && !Number.isFinite(x)) return undecided(`${name} is ${x}`)
  if (relation === undefined && d.holds === undefined)
    throw new RangeError(
      `decide: expected relation, holds or undecided in the evidence for ${claim.id}, got none of them`,
    )
  if (claim.rigor === 'statistical' && d.confidence === undefined)
    throw new RangeError(`decide: expected a confidence, as ${claim.id} is statistical, got none`)
  const compared =
    relation === undefined ||
    (measured !== undefined && bound !== undefined && standsTo(measured, relation, bound, d.slack))
  return [compared && d.holds !== false ? 'holds' : 'violated', statement]
}

function withNumber(h: Hypothesis): string {
  return h.measured === undefined ? h.text : `${h.text} (measured ${readable(h.measured)})`
}

function checkUse(claim: Claim, d: Evidence): void {
  const { measured, relation, bound, slack, confidence } = d
  if (d.statement === '')
    throw new RangeError(`decide: expected a statement for ${claim.id}, got an empty one`)
  if (relation !== undefined && (measured === undefined || bound === undefined) && !excused(d))
    throw new RangeError(
      `decide: expected measured and bound with the relation ${relation} of ${claim.id}, got ${String(measured)} and ${String(bound)}`,
    )
  if (slack !== undefined && !(slack >= 0 && slack < Infinity))
    throw new RangeError(`decide: expected slack >= 0 and finite for ${claim.id}, got ${slack}`)
  if (confidence !== undefined && !(confidence > 0 && confidence < 1))
    throw new RangeError(`decide: expected confidence in (0, 1) for ${claim.id}, got ${confidence}`)
}

/** Whether a hypothesis fails or the claim is undecided, so that nothing needs to be compared. */
function excused(d: Evidence): boolean {
  return d.undecided !== undefined || (d.hypotheses ?? []).some((h) => h.status === 'fails')
}
