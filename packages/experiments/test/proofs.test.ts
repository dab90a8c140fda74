import { certificateRecord } from '@nonconvex/gaussian-theory'
import {
  orthonormalMinimumProved,
  orthonormalTeacher,
  reluIntervals,
  solveFamily,
} from '@nonconvex/gaussian-theory/teacher-student'
import { certifyByIntervals } from '@nonconvex/optim/certify'
import { proofIn, verdictOn } from '@nonconvex/optim/claims'
import { orthonormalRuns } from '@nonconvex/overparam/tightness'
import { describeWithPlainPython, python } from '@tooling/vitest/requires'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { editsOf } from './proof-edits.js'
import { checked, checker, proved } from './proofs.js'

it('has at least twenty claims with a certificate, and a checker of at most 400 lines', () => {
  expect(Object.values(proved).flat().length).toBeGreaterThanOrEqual(20)
  expect(readFileSync(checker, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(400)
})

const unitRows = (k: number): string[][] =>
  Array.from({ length: k }, (_, i) => Array.from({ length: k }, (_x, j) => (i === j ? '1' : '0')))

describeWithPlainPython('the checker of proofs', () => {
  const status = (...files: readonly string[]) => spawnSync(python, [checker, ...files]).status

  it('exits with 2 without files, and for what is no document', () => {
    const folder = new URL('.', import.meta.url).pathname
    expect([status(), status('/nowhere'), status(folder), status(checker)]).toEqual([2, 2, 2, 2])
  })

  it('refuses the bounds on orthonormal examples times a factor, above 1 or below', () => {
    const certificates = ['1', '0.99', '1.01'].map((factor) =>
      orthonormalRuns([3], factor).map(({ checked: { assertion } }) => assertion),
    )
    expect(checked(certificates)).toEqual(['accepted', 'refused', 'refused'])
  })

  it('accepts the spurious minimum of six neurons, and refuses what it is edited to', () => {
    const { W, loss, smallestEigenvalue } = solveFamily('II', 6)
    const objective = reluIntervals(orthonormalTeacher(W, { n: 6, k: 6, d: 6 }))
    const found = certificateRecord(certifyByIntervals(objective, W, { largestRadius: 1e-3 }))
    const facts = { n: 6, k: 6, W: Array.from(W), loss, smallestEigenvalue, found }
    const { witness } = verdictOn(orthonormalMinimumProved, facts)
    const [assertion] = proofIn(witness)?.assertions ?? []
    // the saddle of five neurons, with the same bounds
    const saddle = solveFamily('II', 5).W
    const five = { ...assertion, n: 5, teacher: unitRows(5), point: Array.from(saddle, String) }
    const words = checked([[assertion], [five], ...editsOf(assertion).map((edit) => [edit])])
    expect(words.filter((word) => word === 'accepted')).toEqual(['accepted'])
    expect([words[0], words.length]).toEqual(['accepted', 2 + editsOf(assertion).length])
  })

  it('refuses numbers that are none, functions outside their range, and odd forms', () => {
    const inequality = { kind: 'inequality', says: '', left: '0', right: '1', where: {} }
    const odd = [
      { left: 'nan' },
      { left: '-1e999999999' },
      { left: '1_0', right: '20' },
      { left: 0 },
      { left: ['acos', '3'] },
      { left: ['sqrt', '-1'] },
      { left: ['/', '1', ['-', '1', '1']] },
      { left: ['+', '0'] },
      { left: [] },
      { where: null },
      { where: { x: ['0'] } },
      { kind: ['inequality'] },
      { kind: 'proof' },
    ]
    const certificates = odd.map((change) => [{ ...inequality, ...change }])
    expect(checked([[inequality], [], ...certificates])).toEqual([
      'accepted',
      'refused',
      ...odd.map(() => 'refused'),
    ])
  })
})
