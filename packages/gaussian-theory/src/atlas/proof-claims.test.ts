import { verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import { certificateRecord } from '../certificate-record.js'
import { certifyMinimum, spuriousMinimum } from '../overlap/index.js'
import { atlasProved } from './index.js'

const shape = { m: 2, k: 3, stride: 1 }
const wStar = [-1, 1]
const { t0 } = spuriousMinimum(3)
const at = (w: readonly number[]) => ({
  shape,
  wStar,
  w,
  found: certificateRecord(certifyMinimum(w, wStar, { ...shape, rigor: 'proof' })),
})
const minima = [at(wStar), at([t0, -t0])]
const verdict = (all: readonly ReturnType<typeof at>[]) =>
  verdictOn(atlasProved, { shape, minima: all })

it('holds with an assertion for each minimum, spurious where the loss is above 0', () => {
  const { status, statement, witness } = verdict(minima)
  expect(status).toBe('holds')
  expect(statement).toContain('2 of 2 minima proved to be strict, 1 of them spurious')
  expect(witness).toMatchObject({ assertions: [{ kind: 'minimum' }, { kind: 'spurious-minimum' }] })
})

it('is violated by a saddle, and undecided at a point that is not critical', () => {
  const off = at([1.02 * t0, -t0])
  expect(off.found.status).toBe('gradient-too-large')
  expect(verdict([...minima, off]).status).toBe('inconclusive')
  const saddle = { ...off, found: { ...off.found, status: 'hessian-not-definite' as const } }
  expect(verdict([...minima, saddle]).status).toBe('violated')
  expect(verdict([]).status).toBe('inconclusive')
})
