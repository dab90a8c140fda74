import { certificateRecord } from '@nonconvex/gaussian-theory'
import { escapeAssertions, rateAssertions } from '@nonconvex/gaussian-theory/descent'
import { smoothnessAssertions } from '@nonconvex/gaussian-theory/overlap'
import {
  orthonormalMinimumProved,
  orthonormalTeacher,
  reluIntervals,
  solveFamily,
} from '@nonconvex/gaussian-theory/teacher-student'
import { certifyByIntervals } from '@nonconvex/optim/certify'
import { proofIn, verdictOn } from '@nonconvex/optim/claims'
import { orthonormalRuns, twoExamplesRuns } from '@nonconvex/overparam/tightness'
import { describeWithPlainPython, python } from '@tooling/vitest/requires'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { editsOf } from './proof-edits.js'
import { checked, checkedAssertions, checker, proved } from './proofs.js'

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
    expect(checkedAssertions(certificates)).toEqual(['accepted', 'refused', 'refused'])
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
    const words = checkedAssertions([
      [assertion],
      [five],
      ...editsOf(assertion).map((edit) => [edit]),
    ])
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
    expect(checkedAssertions([[inequality], [], ...certificates])).toEqual([
      'accepted',
      'refused',
      ...odd.map(() => 'refused'),
    ])
  })

  it('refuses a weaker theorem under the name of a claim, although it is true', () => {
    const runs = (factor: string) => twoExamplesRuns(factor).map((run) => run.checked)
    const theorems = {
      'gaussian/linear-rate-proved': [rateAssertions, '1/3', '1/4', '10/29'],
      'gaussian/escape-constant': [escapeAssertions, '0.44', '0.4', '0.439'],
      'gaussian/overlap-smoothness': [smoothnessAssertions, '1', '1.1', '1.0001'],
      'overparam/two-examples-grow': [runs, '1', '0.5', '0.99'],
    } as const
    const certificates = Object.entries(theorems).flatMap(([claim, [proofOf, ...constants]]) =>
      constants.map((constant) => ({
        claim,
        assertions: proofOf(constant).map(({ assertion }) => assertion),
      })),
    )
    expect(checkedAssertions(certificates.map(({ assertions }) => assertions))).toEqual(
      certificates.map(() => 'accepted'),
    )
    expect(checked(certificates)).toEqual(
      Object.keys(theorems).flatMap(() => ['accepted', 'refused', 'refused']),
    )
  })
})
