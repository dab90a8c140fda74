import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import { alternatingTeacher } from '../restarts/index.js'
import {
  barriers,
  atlasMinima,
  atlasSaddles,
  eulerNumber,
  findSaddles,
  indexSum,
  localMinima,
  type AtlasPage,
} from './index.js'
import { overlapEvidence, spuriousMinimum, type OverlapShape } from '../overlap/index.js'

function pageOf(shape: OverlapShape, wStar: Float64Array, seed: number): AtlasPage {
  const draws = stream(seed).child('atlas')
  const { minima, open } = localMinima(wStar, { ...shape, stream: draws, starts: 60 })
  const known = minima.map(({ w }) => w)
  const saddles = findSaddles(wStar, known, { ...shape, stream: draws, searches: 1000 })
  return { shape, wStar, minima, saddles, open }
}

const shape = { m: 2, k: 3, stride: 1 }
const page = pageOf(shape, Float64Array.of(-1, 1), 1)

describe('the minima that initializations find', () => {
  it('are the teacher and the explicit one, each certified, with all initializations counted', () => {
    const { minima } = localMinima([-1, 1], { ...shape, stream: stream(3), starts: 50 })
    expect(minima.map(({ spurious }) => spurious)).toEqual([false, true])
    expect(minima.map(({ certificate }) => certificate.status)).toEqual(['certified', 'certified'])
    expect(minima.reduce((sum, { count }) => sum + count, 0)).toBe(50)
    expect(minima[1].w[0]).toBeCloseTo(spuriousMinimum(3).t0, 14)
    expect(minima[1].loss).toBeCloseTo(2 * spuriousMinimum(3).lossOverR2, 14)
  })
  it('are distinguished where they lie close together, and merged where they are one', () => {
    const wStar = [-0.14, 0.54, -0.73, 0.14]
    const options = { k: 10, stride: 1, stream: stream(1), starts: 40 }
    const { minima, open } = localMinima(wStar, options)
    expect(minima.map(({ count }) => count)).toEqual([15, 14, 2, 9])
    expect(minima.map(({ spurious }) => spurious)).toEqual([false, true, true, true])
    expect(open).toBe(0)
    const gaps = minima.flatMap((a, i) =>
      minima.slice(0, i).map((b) => norm2(a.w.map((x, t) => x - b.w[t]))),
    )
    expect(Math.min(...gaps) / norm2(wStar)).toBeCloseTo(0.3475, 4)
    // the atlas agrees that they are different
    const page = {
      shape: { m: 4, ...options },
      wStar: Float64Array.from(wStar),
      minima,
      saddles: [],
    }
    expect(verdictOn(atlasMinima, { shape: page.shape, pages: [{ ...page, open }] }).status).toBe(
      'holds',
    )
  })
  it('are only the teacher without overlap, and runs without steps are open', () => {
    const options = { k: 3, stride: 2, stream: stream(3), starts: 30 }
    expect(localMinima([-1, 1], options).minima).toHaveLength(1)
    expect(localMinima([-1, 1], { ...options, maxSteps: 0 })).toMatchObject({
      minima: [],
      open: 30,
    })
    expect(() => localMinima([-1, 1], { ...options, starts: 0 })).toThrow('starts')
  })
})

describe('the saddles', () => {
  it('are critical, of the stated index, and above the minima on their two sides', () => {
    expect(page.saddles).toHaveLength(2)
    for (const { index, between } of page.saddles) expect([index, between]).toEqual([1, [0, 1]])
    const [saddle] = findSaddles([-1, 1], [], { ...shape, stream: stream(1), searches: 50 })
    const { gradientNorm, eigenvalues } = overlapEvidence(saddle.w, [-1, 1], shape)
    expect(gradientNorm).toBeLessThan(1e-12)
    const [lo, hi] = saddle.smallestEigenvalue ?? [0, 0]
    expect(hi - lo).toBeLessThan(1e-9)
    expect(lo).toBeLessThanOrEqual(eigenvalues[0])
    expect(hi).toBeGreaterThanOrEqual(eigenvalues[0])
    expect(hi).toBeLessThan(0)
    expect(saddle.largestEigenvalue).toBe(eigenvalues[1])
    expect(eigenvalues.filter((x) => x < 0)).toHaveLength(1)
    expect(saddle.between).toEqual([-1, -1])
    expect(Math.min(...barriers(page))).toBeGreaterThan(0.01)
  })
  it('are looked for on the ray opposite to the teacher, whatever the random points meet', () => {
    const network = { k: 8, stride: 2, stream: stream(9), searches: 0 }
    const wStar = alternatingTeacher(4)
    const [saddle, ...others] = findSaddles(wStar, [], network)
    expect(others).toEqual([])
    expect(saddle.index).toBe(3)
    expect(saddle.w[0] / wStar[0]).toBeCloseTo(-0.498243587534, 10)
    expect(norm2(saddle.w.map((x, i) => x - (saddle.w[0] / wStar[0]) * wStar[i]))).toBeLessThan(
      1e-14,
    )
    // a few random points do not lead to it
    expect(findSaddles(wStar, [], { ...network, searches: 5 })).toContainEqual(saddle)
  })
  it.each([2, 3, 4])('have indices that add up to the Euler number, m = %i', (m) => {
    const size = { m, k: 4, stride: 1 }
    for (const wStar of [alternatingTeacher(m), stream(m).child('teacher').unitVector(m)]) {
      expect(norm2(wStar)).toBeCloseTo(1, 14)
      expect(indexSum(pageOf(size, wStar, 2))).toBe(eulerNumber(m))
    }
  })
})

describe('the claims on the atlas', () => {
  const minima = (change: Partial<AtlasPage>): string =>
    verdictOn(atlasMinima, { shape, pages: [{ ...page, ...change }] }).status
  const saddles = (change: Partial<AtlasPage>): string =>
    verdictOn(atlasSaddles, { shape, pages: [{ ...page, ...change }] }).status
  const certified = (status: 'inconclusive' | 'hessian-not-definite'): AtlasPage['minima'] =>
    page.minima.map((each, i) =>
      i === 0 ? each : { ...each, certificate: { ...each.certificate, status } },
    )

  it('hold on what was found', () => {
    expect([minima({}), saddles({})]).toEqual(['holds', 'holds'])
  })
  it('are violated by a point that is no minimum, one listed twice, a saddle below its minima', () => {
    expect(minima({ minima: certified('hessian-not-definite') })).toBe('violated')
    expect(minima({ minima: [...page.minima, page.minima[0]] })).toBe('violated')
    const low = page.saddles.map((saddle) => ({ ...saddle, loss: 0.01 }))
    expect(saddles({ saddles: low })).toBe('violated')
    // also where one is missing
    expect(saddles({ saddles: low.slice(1) })).toBe('violated')
  })
  it('are violated by two minima only where one lies in the certified disc of the other', () => {
    const [first, second] = page.minima
    const radius = second.certificate.radius ?? NaN
    /**
     * The second minimum again, moved by a fraction of its radius, known only to a fraction of it.
     */
    const again = (by: number, minimumWithin: number, disc = 0): AtlasPage['minima'][number] => ({
      ...second,
      w: Float64Array.from(second.w, (x, i) => (i === 0 ? x + by * radius : x)),
      certificate: {
        ...second.certificate,
        radius: disc * radius,
        minimumWithin: minimumWithin * radius,
      },
    })
    const both = (one: AtlasPage['minima'][number]) =>
      verdictOn(atlasMinima, { shape, pages: [{ ...page, minima: [first, second, one] }] })
    expect(both(again(0.5, 0.4))).toMatchObject({
      status: 'violated',
      statement: '3 of 3 minima of 1 teachers certified; pairs that coincide: 1',
    })
    expect(both(again(2, 1.5, 2.5)).status).toBe('violated')
    // its minimum may lie outside, or be the other one
    expect(both(again(0.9, 1, 0.5))).toMatchObject({
      status: 'inconclusive',
      statement: '3 of 3 minima of 1 teachers certified; undecided: pairs that may coincide: 1',
    })
    expect(both(again(1.5, 1)).status).toBe('holds')
    // one without a certificate does not count
    const open = again(0, 0, 1)
    const refused = { ...open.certificate, status: 'inconclusive' as const, minimumWithin: null }
    expect(both({ ...open, certificate: refused }).status).toBe('inconclusive')
  })
  it('are inconclusive without a certificate, a saddle, an index or a listed minimum', () => {
    expect(minima({ minima: certified('inconclusive') })).toBe('inconclusive')
    expect(minima({ minima: [] })).toBe('inconclusive')
    const [first, ...others] = page.saddles
    expect(saddles({ saddles: others })).toBe('inconclusive')
    expect(saddles({ saddles: [{ ...first, flattest: 1e-12 }, ...others] })).toBe('inconclusive')
    expect(saddles({ saddles: [{ ...first, between: [-1, 0] }, ...others] })).toBe('inconclusive')
    expect(verdictOn(atlasSaddles, { shape, pages: [] }).status).toBe('inconclusive')
  })
  it('do not apply without overlap', () => {
    const apart = { ...shape, stride: 2 }
    expect(verdictOn(atlasMinima, { shape: apart, pages: [page] }).status).toBe('inapplicable')
    expect(verdictOn(atlasSaddles, { shape: apart, pages: [page] }).status).toBe('inapplicable')
  })
})
