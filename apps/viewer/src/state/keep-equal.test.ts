import type { Conclusion } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { keepEqual } from './keep-equal.js'

const conclusion = (last: number): Conclusion => ({
  verdicts: [],
  tables: [{ id: 'a', title: 'A', columns: [{ name: 'x', title: 'x' }], rows: [[1], [last]] }],
  figures: [{ id: 'f', title: 'F', caption: 'f', panels: [] }],
})

test('what says the same stays the same object, what differs is the new one', () => {
  const before = conclusion(2)
  const next = conclusion(3)
  const kept = keepEqual(before, next)
  expect(kept).toEqual(next)
  expect(kept.figures[0]).toBe(before.figures[0])
  expect(kept.tables[0]).toBe(next.tables[0])
})

test('the first conclusion is taken as it is', () => {
  expect(keepEqual(undefined, conclusion(2))).toEqual(conclusion(2))
})
