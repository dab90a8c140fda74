import { claim, hypothesis } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import { verdictMaker } from './verdict-maker.js'

const enough = claim(
  'toy/enough',
  'The mean is at most 1 on 3 numbers or more',
  'float64',
  { ours: 'an example' },
  (numbers: readonly number[]) => ({
    statement: 'the mean',
    measured: numbers.reduce((sum, x) => sum + x, 0) / numbers.length,
    relation: '<=',
    bound: 1,
    hypotheses: [
      hypothesis('at least 3 numbers', numbers.length >= 3, numbers.length),
      { text: 'the numbers are drawn', status: 'by construction' },
    ],
  }),
)

const cells = [1, 2, 3].map((x) => ({ key: `x=${x}`, part: 'x', cell: { x } }))

it('leaves measured hypotheses open while rows are missing, and decides them on all rows', () => {
  const on = (done: number) => {
    const verdict = verdictMaker<{ x: { x: number } }>(
      cells,
      (key) => Number(key.at(-1)) <= done,
      [],
      () => undefined,
    )
    return verdict(enough, ['x'], () => Array<number>(done).fill(0.5))
  }
  for (const done of [0, 1, 2]) {
    const { status, hypotheses, statement, measured } = on(done)
    expect([done, status, measured]).toEqual([done, 'inconclusive', undefined])
    expect(hypotheses.map((each) => each.status)).not.toContain('fails')
    expect(statement).not.toContain('not met')
    expect(statement).toContain(`${done} of 3`)
  }
  expect(on(2).hypotheses.map(({ status }) => status)).toEqual(['by construction'])
  expect(on(3).status).toBe('holds')
  expect(on(3).hypotheses.map(({ status }) => status)).toEqual(['holds', 'by construction'])
})
