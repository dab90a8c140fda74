import { clopperPearson } from '@nonconvex/optim/statistics'
import { describe, expect, it } from 'vitest'
import {
  agnosticBound,
  blocksBound,
  compareGuarantees,
  sequenceBound,
  type GuaranteeId,
  type GuaranteeRun,
  type GuaranteeTable,
} from './index.js'

const digits: GuaranteeRun = {
  n: 4000,
  updates: 1163,
  distinct: 347,
  converged: true,
  delta: 0.05,
  theoremUpdates: 183_000,
  network: { k: 100, d: 784 },
  margin: { radius: 1, wStarNorm: 93.5 },
}
const find = (table: GuaranteeTable, id: GuaranteeId) => {
  const found = table.guarantees.find((guarantee) => guarantee.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const statuses = (table: GuaranteeTable) =>
  Object.fromEntries(table.guarantees.map(({ id, status }) => [id, status]))

describe('compareGuarantees', () => {
  it('tells which say something about the digits, and why the others do not', () => {
    const table = compareGuarantees(digits)
    expect(statuses(table)).toEqual({
      blocks: 'informative',
      subset: 'informative',
      multiset: 'weak',
      sequence: 'weak',
      agnostic: 'informative',
      published: 'vacuous',
      growth: 'vacuous',
      'leave-one-out': 'informative',
      'leave-one-out-theorem': 'vacuous',
      'published-observed': 'vacuous',
      margin: 'vacuous',
    })
    expect(find(table, 'published').why).toBe('it needs n ≥ 2M, and 2M = 366,000 against n = 4,000')
    expect(find(table, 'growth').why).toBe(
      '2kd = 156,800 weights against n = 4,000: enough to give them any labels',
    )
    expect(find(table, 'margin').why).toBe('2R‖w*‖ = 187 against √n = 63.2')
    expect(find(table, 'blocks').bound).toBe(blocksBound(digits).eps)
  })

  it('certifies several networks at once by the examples that any of them was updated on', () => {
    const { theoremUpdates: _, network: __, margin: ___, ...counts } = digits
    const run = { ...counts, budgets: 2, networks: 10, heldOut: { errors: 3, examples: 500 } }
    const table = compareGuarantees(run)
    // a list of updates would have to name the network of each of them
    expect(Object.keys(statuses(table))).toEqual([
      'blocks',
      'subset',
      'agnostic',
      'held-out',
      'leave-one-out',
    ])
    expect(find(table, 'blocks').bound).toBe(blocksBound({ ...run, delta: 0.05 / 1024 }).eps)
    expect(find(table, 'blocks').why).toContain('at δ/2^10')
    expect(find(table, 'held-out').bound).toBe(clopperPearson(3, 500, 0.05))
    const { best, statement } = compareGuarantees({ ...counts, networks: 10 })
    expect(best?.bound).toBe(blocksBound({ ...counts, delta: 0.025 }).eps)
    expect(statement).toContain('y N(x) < 1 for at least one of the 10 networks')
    expect(() => compareGuarantees({ ...counts, networks: 0 })).toThrow(/networks/)
  })

  it('calls a bound informative below the error of always answering the most frequent class', () => {
    const error = compareGuarantees(digits).best?.bound ?? 0
    const blocks = (majorityError: number) =>
      find(compareGuarantees({ ...digits, majorityError }), 'blocks')
    expect([blocks(error).status, blocks(0.1).status]).toEqual(['informative', 'weak'])
    expect(blocks(0.1).bound).toBe(blocks(0.9).bound)
    for (const majorityError of [-0.1, 1, NaN])
      expect(() => compareGuarantees({ ...digits, majorityError })).toThrow(/majorityError/)
  })

  it('never writes a bound below 1 as 1', () => {
    const run = { n: 4000, updates: 1, distinct: 1, converged: false, delta: 0.05 }
    const heldOut = { errors: 9999, examples: 10_001 }
    const { best, statement } = compareGuarantees({ ...run, errorsUnused: 3999, heldOut })
    expect(best?.bound).toBeGreaterThan(0.9995)
    const [, shown] = /at most (\S+) of/.exec(statement) ?? []
    expect(Number(shown)).toBeLessThan(1)
    expect(Number(shown)).toBeCloseTo(best?.bound ?? 0, 4)
  })

  it('says that the longest example counts besides the updated ones where it sets the scale', () => {
    const { why } = find(compareGuarantees({ ...digits, preprocessing: 'scale' }), 'subset')
    expect(why).toContain('347 + 1')
    expect(why).toContain('n − c = 3,652')
  })

  it('pays for choosing: the best is computed at δ over the number it is chosen from', () => {
    const { best } = compareGuarantees(digits)
    // blocks, sequence, agnostic, published, growth
    expect(best).toEqual({
      id: 'blocks',
      bound: blocksBound({ ...digits, delta: 0.01 }).eps,
      delta: 0.01,
    })
    expect(best?.bound).toBeGreaterThan(blocksBound(digits).eps)
  })

  it('does not call best what is an estimate, an illustration or about another rule', () => {
    const table = compareGuarantees({ ...digits, margin: { radius: 1, wStarNorm: 0.01 } })
    for (const id of ['leave-one-out', 'margin'] as const)
      expect(find(table, id).bound).toBeLessThan(table.best?.bound ?? 0)
    expect(table.best?.id).toBe('blocks')
  })

  it('takes the sequence of a single update, and held-out examples where they say more', () => {
    const one = { n: 4000, updates: 1, distinct: 1, converged: true, delta: 0.05 }
    expect(compareGuarantees(one).best).toEqual({
      id: 'sequence',
      bound: sequenceBound({ ...one, delta: 0.05 / 3 }),
      delta: 0.05 / 3,
    })
    const table = compareGuarantees({ ...digits, heldOut: { errors: 47, examples: 6000 } })
    expect(table.best?.id).toBe('held-out')
    expect(table.statement).toBe(
      'with probability 0.95 at most 0.011 of new examples are errors (held-out examples)',
    )
  })

  it('leaves only the count with errors to a run that was cut off', () => {
    const cut = { ...digits, converged: false, errorsUnused: 40 }
    const table = compareGuarantees(cut)
    expect(statuses(table)).toMatchObject({
      blocks: 'inapplicable',
      sequence: 'inapplicable',
      growth: 'inapplicable',
      'leave-one-out': 'inapplicable',
      agnostic: 'informative',
    })
    expect(find(table, 'blocks').why).toBe('40 of the unused examples end with y N(x) < 1')
    expect(find(table, 'leave-one-out').why).toBe('the run reached the step limit')
    expect(find(table, 'blocks').bound).toBeUndefined()
    const bound = agnosticBound({ ...digits, errorsUnused: 40, delta: 0.01 })
    expect(table.best).toEqual({ id: 'agnostic', bound, delta: 0.01 })
  })

  it('counts the longest example when it scaled the others', () => {
    const table = compareGuarantees({ ...digits, preprocessing: 'scale' })
    expect(find(table, 'blocks').bound).toBe(blocksBound({ ...digits, distinct: 348 }).eps)
    expect(find(table, 'leave-one-out').bound).toBe(348 / 4001)
    expect(find(table, 'leave-one-out-theorem').bound).toBe(183_001 / 4001)
    const more = { ...digits, updates: 1164, distinct: 348 }
    expect(find(table, 'sequence').bound).toBe(sequenceBound(more))
    const all = { n: 8, updates: 20, distinct: 8, converged: true, delta: 0.05 }
    expect(compareGuarantees({ ...all, preprocessing: 'scale' }).statement).toBe(
      'no certificate is below 1',
    )
  })

  it('leaves only the held-out error where the sample standardised its own features', () => {
    const run = { ...digits, preprocessing: 'standardise', heldOut: { errors: 4, examples: 90 } }
    const table = compareGuarantees(run as GuaranteeRun)
    const left = table.guarantees.filter(({ status }) => status !== 'inapplicable')
    expect(left.map(({ id }) => id)).toEqual(['held-out'])
    expect(find(table, 'subset').why).toBe('the features were standardized by the sample itself')
  })

  it('charges settings chosen by the sample to all but the held-out error', () => {
    const run = { ...digits, candidates: 6, heldOut: { errors: 47, examples: 6000 } }
    const table = compareGuarantees(run)
    expect(find(table, 'blocks').bound).toBe(blocksBound({ ...digits, delta: 0.05 / 6 }).eps)
    expect(find(table, 'held-out').bound).toBe(clopperPearson(47, 6000, 0.05))
    expect(find(table, 'leave-one-out').why).toMatch(/one of 6 selected on the sample/)
  })

  it('charges step budgets chosen by the sample to certificates, and says so, but not to leave-one-out', () => {
    const run = { ...digits, budgets: 2, heldOut: { errors: 47, examples: 6000 } }
    const table = compareGuarantees(run)
    const cut = { ...digits, converged: false, errorsUnused: 40 }
    expect(find(table, 'blocks').bound).toBe(blocksBound({ ...digits, delta: 0.025 }).eps)
    expect(find(compareGuarantees({ ...cut, budgets: 2 }), 'agnostic').bound).toBe(
      agnosticBound({ ...digits, errorsUnused: 40, delta: 0.025 }),
    )
    expect(find(table, 'agnostic').why).toBe(
      'c = 347 updated examples against n − c = 3,653 unused; at δ/2, as the sample chose one of 2 step budgets',
    )
    expect(find(table, 'held-out').bound).toBe(clopperPearson(47, 6000, 0.05))
    for (const id of ['leave-one-out', 'held-out'] as const)
      expect(find(table, id)).toEqual(find(compareGuarantees({ ...run, budgets: 1 }), id))
  })

  it('compares with the support vectors of the largest margin, which no best is chosen from', () => {
    const table = compareGuarantees({ ...digits, supportVectors: 90 })
    expect(find(table, 'support-vectors')).toEqual({
      id: 'support-vectors',
      title: 'Max-margin separator, leave-one-out bound',
      promise: 'other-estimate',
      event: 'error',
      status: 'informative',
      bound: 90 / 4001,
      why: '90 support vectors against n + 1 = 4,001',
    })
    expect(table.best).toEqual(compareGuarantees(digits).best)
    const own = { ...digits, supportVectors: 90, preprocessing: 'standardise' } as const
    expect(find(compareGuarantees(own), 'support-vectors').status).toBe('inapplicable')
  })

  it('says why nothing is left when every example was updated', () => {
    const run = { n: 8, updates: 1065, distinct: 8, converged: true, delta: 0.05 }
    const table = compareGuarantees(run)
    expect(table.best).toBeUndefined()
    expect(find(table, 'blocks')).toMatchObject({
      status: 'vacuous',
      bound: 1,
      why: 'every example was updated: none is left as a test',
    })
  })

  it('lets no example that the network was trained on be held out, and names it', () => {
    const held = (count: number, errors = 0) =>
      compareGuarantees({
        ...digits,
        heldOut: { errors, examples: 6000, seen: { count, lines: [7, 3] } },
      })
    for (const count of [1, 6000]) {
      expect(find(held(count), 'held-out').status).toBe('inapplicable')
      expect(find(held(count), 'held-out').bound).toBeUndefined()
      expect(held(count).best?.id).toBe('blocks')
    }
    expect(find(held(1), 'held-out').why).toBe(
      '1 of these 6,000 examples is a training example, too: line 7 of the test file is line 3 of the training file',
    )
    expect(find(held(20), 'held-out').why).toContain('20 of these 6,000 examples are training')
    expect(() => held(6001)).toThrow('expected heldOut.seen.count to be at most 6000, got 6001')
    // the number of certificates that share delta is known beforehand, and does not fall
    const without = compareGuarantees({ ...digits, heldOut: { errors: 3000, examples: 6000 } })
    expect(held(1).best?.bound).toBe(without.best?.bound)
  })

  it('says one error where there is one', () => {
    const table = compareGuarantees({ ...digits, heldOut: { errors: 1, examples: 500 } })
    expect(find(table, 'held-out').why).toBe('1 error on 500 held-out examples')
  })

  it('takes no held-out examples for no test', () => {
    const table = compareGuarantees({ ...digits, heldOut: { errors: 0, examples: 0 } })
    expect(find(table, 'held-out').why).toBe('no example was held out')
  })

  it.each([
    [{ errorsUnused: 3 }, 'expected errorsUnused to be 0 as the run converged, got 3'],
    [{ converged: false, errorsUnused: 4000 }, 'to be at most n − distinct = 3653, got 4000'],
    [{ candidates: 0 }, 'expected candidates to be an integer ≥ 1, got 0'],
    [{ budgets: 0.5 }, 'expected budgets to be an integer ≥ 1, got 0.5'],
    [{ supportVectors: 4001 }, 'expected supportVectors to be at most n = 4000, got 4001'],
    [{ theoremUpdates: NaN }, 'expected theoremUpdates to be ≥ 0, got NaN'],
    [{ updates: 4 }, 'compareGuarantees: expected updates to be at least distinct = 347, got 4'],
  ])('refuses %j', (change, message) => {
    expect(() => compareGuarantees({ ...digits, ...change })).toThrow(message)
  })
})
