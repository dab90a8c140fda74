import { claim, proofOf, verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import { proofFiles } from './proof-files.js'

const small = claim('demo/small', 'Numbers are small', 'proof', {}, (x: number) => ({
  statement: `x = ${x}`,
  measured: x,
  relation: '<=',
  bound: 10,
  witness: proofOf([{ kind: 'small', x: String(x) }]),
}))

it('writes the certificate of each claim that holds, and the checker beside it', () => {
  const files = new Map(proofFiles([verdictOn(small, 3)]))
  expect([...files.keys()]).toEqual([
    'proofs/demo-small.json',
    'proofs/check.py',
    'proofs/check.claims',
  ])
  expect(JSON.parse(files.get('proofs/demo-small.json') ?? '')).toEqual({
    schema: 'nonconvex/proof@1',
    claim: 'demo/small',
    title: 'Numbers are small',
    statement: 'x = 3',
    assertions: [{ kind: 'small', x: '3' }],
  })
  expect(files.get('proofs/check.py')).toContain('nonconvex/proof@1')
})

it('writes nothing for a claim that is violated, or without a certificate', () => {
  const { witness: _, ...bare } = verdictOn(small, 3)
  expect(proofFiles([verdictOn(small, 30), bare])).toEqual([])
})
