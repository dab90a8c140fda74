import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decide, worst, type Claim, type Evidence, type Hypothesis, type Status } from './index.js'

const claim: Claim = { id: 'test/any', title: 'Anything', rigor: 'float64', source: {} }
const relation = fc.constantFrom('<=', '>=', '==')
const number = fc.double()
const slack = fc.double({ min: 0, max: 1e300, noNaN: true })
const hypothesis: fc.Arbitrary<Hypothesis> = fc.record(
  {
    text: fc.constant('h'),
    status: fc.constantFrom('holds', 'fails', 'assumed', 'by construction'),
  },
  { noNullPrototype: true },
)
const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    statement: fc.constant('s'),
    relation,
    measured: number,
    bound: number,
    slack,
    hypotheses: fc.array(hypothesis, { maxLength: 3 }),
    holds: fc.option(fc.boolean()),
    undecided: fc.option(fc.constant('u')),
  })
  .map(({ holds, undecided, ...rest }) => ({
    ...rest,
    ...(holds !== null && { holds }),
    ...(undecided !== null && { undecided }),
  }))

/** The table of the docstring, written once more. */
function expected(d: Evidence): Status {
  const { measured = 0, bound = 0, slack = 0 } = d
  if (d.hypotheses?.some((h) => h.status === 'fails')) return 'inapplicable'
  if (d.undecided !== undefined) return 'inconclusive'
  if (!Number.isFinite(measured) || !Number.isFinite(bound)) return 'inconclusive'
  if (d.holds === false) return 'violated'
  const [low, high] = [bound - slack, bound + slack]
  if (d.relation === '<=') return measured <= high ? 'holds' : 'violated'
  if (d.relation === '>=') return measured >= low ? 'holds' : 'violated'
  return Math.abs(measured - bound) <= slack ? 'holds' : 'violated'
}

it('decides by its table', () => {
  fc.assert(
    fc.property(evidence, (d) => {
      expect(decide(claim, d).status).toBe(expected(d))
    }),
    { numRuns: 2000 },
  )
})

it('gives verdicts that survive JSON', () => {
  fc.assert(
    fc.property(evidence, (d) => {
      const verdict = decide(claim, d)
      expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
    }),
  )
})

it('grants more with more slack', () => {
  fc.assert(
    fc.property(evidence, slack, (d, more) => {
      fc.pre(decide(claim, d).status === 'holds' && Number.isFinite((d.slack ?? 0) + more))
      expect(decide(claim, { ...d, slack: (d.slack ?? 0) + more }).status).toBe('holds')
    }),
  )
})

it('takes the worst whatever the order', () => {
  const status = fc.constantFrom<Status>('holds', 'violated', 'inapplicable', 'inconclusive')
  fc.assert(
    fc.property(fc.array(status, { minLength: 1 }), (all) => {
      const found = worst(all.map((s) => ({ status: s })))
      expect(all).toContain(found)
      expect(worst([...all].reverse().map((s) => ({ status: s })))).toBe(found)
      expect(worst([{ status: found }, ...all.map((s) => ({ status: s }))])).toBe(found)
    }),
  )
})
