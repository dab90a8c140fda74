import { expect, it } from 'vitest'
import { checkGPI } from './check-gpi.js'

it('quotes labels that are words, which may hold anything', () => {
  const report = checkGPI(
    ({ nodes }) => ({
      nodes: Array.from({ length: nodes.rows }, (_, i) => (i === 0 ? 'a\n\x1b[31m' : ['b', 1])),
    }),
    { mode: 'exact' },
  )
  expect(report.statement.split('\n')[0]).toBe(
    String.raw`2 nodes, 0 and 1 swapped: node 1 had the label ("b", 1); it is node 0 afterwards and has "a\n\u001b[31m"`,
  )
})
