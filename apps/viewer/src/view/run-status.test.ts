import { expect, test } from 'vitest'
import { countsText, worstStatus } from './run-status.js'

const of = (...statuses: Parameters<typeof worstStatus>[0][number]['status'][]) =>
  statuses.map((status) => ({ status }))

test('verdicts are counted in words; what is not decided yet is open while the run goes on', () => {
  const some = of('holds', 'inconclusive', 'holds', 'inconclusive')
  expect(countsText(some, false)).toBe('2 hold, 2 inconclusive')
  expect(countsText(some, true)).toBe('2 hold, 2 still open')
  expect(countsText(of('inapplicable', 'holds', 'violated'), false)).toBe(
    '1 violated, 1 holds, 1 inapplicable',
  )
})

test('the mark of a run is the worst of its verdicts', () => {
  expect(worstStatus(of('holds', 'inapplicable'))).toBe('inapplicable')
  expect(worstStatus(of('inapplicable', 'inconclusive', 'violated'))).toBe('violated')
  expect(worstStatus([])).toBe('none')
})
