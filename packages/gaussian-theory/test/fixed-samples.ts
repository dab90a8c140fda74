import { norm2, type Stream } from '@nonconvex/tensor'
import { expect } from 'vitest'
import { descendSample, teacherSample } from '../src/samples/index.js'

/** The setting of the table of descents on fixed samples. */
export const fixedSetting = { k: 4, stride: 5, eta: 0.5, steps: 1500 }

/**
 * Descends on fixed samples of n examples, and expects the teacher to be reached at the success rate
 * of the table, which has `want` of 200 runs, up to 4 standard errors of both.
 *
 * @returns how many of the `seeds` runs reached the teacher
 */
export function expectTableRate(root: Stream, n: number, seeds: number, want: number): number {
  let found = 0
  for (let i = 0; i < seeds; i++) {
    const own = root.child(`fixed-${n}`, i)
    const wStar = own.child('teacher').unitVector(5)
    const sample = teacherSample(n, wStar, { ...fixedSetting, stream: own.child('x') })
    const w = descendSample(sample, own.child('start').unitVector(5), fixedSetting)
    if (norm2(w.map((x, t) => x - wStar[t])) < 1e-4) found++
  }
  const p = want / 200
  const joint = 4 * Math.sqrt(Math.max(p * (1 - p), 0.01) * (1 / seeds + 1 / 200))
  expect(Math.abs(found / seeds - p)).toBeLessThan(joint)
  return found
}
