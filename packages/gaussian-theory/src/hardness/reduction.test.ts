import { describe, expect, it } from 'vitest'
import { ShapeError, stream } from '@nonconvex/tensor'
import {
  bruteForceSplit,
  fanoPlane,
  partitionToWeights,
  plantedInstance,
  randomInstance,
  setSplittingData,
  splits,
  splittingDescent,
  splittingGap,
  SplittingProblem,
  unsplit,
  weightsToPartition,
  type Partition,
} from './index.js'
import type { SetSystem } from '../data/index.js'
import { sampleGradient, sampleLoss } from '../samples/index.js'
import { largestDifference } from '../../test/differences.js'

const root = stream(51)

function lossAt(system: SetSystem, w: Float64Array): number {
  return new SplittingProblem(system).lossAndGradientInto(new Float64Array(w.length), w)
}

/** All k^n assignments. */
function* partitions({ n, k }: SetSystem): Generator<Partition> {
  for (let code = 0; code < k ** n; code++)
    yield Array.from({ length: n }, (_, i) => Math.floor(code / k ** i) % k)
}

/** Pairs and triples of 0 … n − 1. */
function smallSubsets(n: number): number[][] {
  const out: number[][] = []
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) {
      out.push([a, b])
      for (let c = b + 1; c < n; c++) out.push([a, b, c])
    }
  return out
}

/** All choices of at most `size` items. */
function* choices<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  yield []
  if (size === 0) return
  for (let i = from; i < items.length; i++)
    for (const rest of choices(items, size - 1, i + 1)) yield [items[i], ...rest]
}

describe('the reduction', () => {
  it('agrees with brute force both ways on all systems of pairs and triples, n ≤ 5, M ≤ 4', () => {
    let [count, unsplittable] = [0, 0]
    for (const n of [2, 3, 4, 5])
      for (const subsets of choices(smallSubsets(n), 4))
        for (const k of [2, 3]) {
          const system = { n, subsets, k }
          const found = bruteForceSplit(system)
          count++
          if (found === undefined) {
            unsplittable++
            const gap = splittingGap(system)
            let least = Infinity
            for (const partition of partitions(system))
              least = Math.min(least, lossAt(system, partitionToWeights(system, partition)))
            // no partition comes closer than the gap
            expect(least).toBeGreaterThanOrEqual(gap * (1 - 1e-12))
            continue
          }
          expect(splits(system, found)).toBe(true)
          const w = partitionToWeights(system, found)
          expect(lossAt(system, w)).toBeLessThan(1e-28)
          expect(weightsToPartition(system, w)).toEqual(found)
        }
    expect(count).toBe(2 * (2 + 16 + 386 + 6196))
    expect(unsplittable).toBeGreaterThan(100)
  })
  it('has zero loss at the weights of exactly those partitions that split', () => {
    // one in seven of the 4,845 systems of four pairs and triples, all partitions of each
    let index = 0
    for (const subsets of choices(smallSubsets(5), 4)) {
      if (subsets.length < 4 || index++ % 7 !== 0) continue
      const system = { n: 5, subsets, k: 2 + (index % 2) }
      let zeroLoss = false
      for (const partition of partitions(system)) {
        const w = partitionToWeights(system, partition)
        const zero = lossAt(system, w) < 1e-28
        if (zero !== splits(system, partition)) expect(partition).toBe('of the same answer')
        zeroLoss ||= zero
      }
      expect(zeroLoss).toBe(bruteForceSplit(system) !== undefined)
    }
  })
  it('agrees with brute force both ways on 200 random instances of at most ten elements', () => {
    let [unsplittable, near, exhausted] = [0, 0, 0]
    for (let i = 0; i < 200; i++) {
      const own = root.child('instance', i)
      const n = 2 + own.integer(9)
      const system = randomInstance({
        n,
        subsets: 1 + own.integer(3 * n),
        k: 2 + (i % 2),
        largest: Math.min(n, 2 + (i % 3)),
        stream: own.child('subsets'),
      })
      const found = bruteForceSplit(system)
      const gap = splittingGap(system)
      if (found) {
        const w = partitionToWeights(system, found)
        expect(lossAt(system, w)).toBeLessThan(1e-28)
        expect(splits(system, weightsToPartition(system, w))).toBe(true)
        // near the solution, below the gap, the decoder must still be right
        const moved = w.map((x) => x + 0.3 * system.k * Math.sqrt(gap) * own.normal())
        if (lossAt(system, moved) < gap) {
          near++
          expect(splits(system, weightsToPartition(system, moved))).toBe(true)
        }
      } else unsplittable++
      if (system.k ** n <= 1024) {
        // weights of all partitions: without loss for those that split and for no other
        exhausted++
        const all = [...partitions(system)]
        const zero = all.filter((p) => lossAt(system, partitionToWeights(system, p)) < 1e-28)
        expect(zero).toEqual(all.filter((p) => splits(system, p)))
        expect(zero.length > 0).toBe(found !== undefined)
      }
      const { ends } = splittingDescent(system, { stream: own, starts: 4, steps: 2000 })
      for (const end of ends) {
        if (end.loss < gap * (1 - 1e-12)) {
          expect(end.splits).toBe(true)
          expect(found).toBeDefined()
        }
        if (found === undefined) expect(end.splits).toBe(false)
      }
    }
    // each kind occurred
    expect(near).toBeGreaterThan(20)
    expect(exhausted).toBeGreaterThan(120)
    expect(unsplittable).toBeGreaterThan(40)
    expect(unsplittable).toBeLessThan(160)
  })
  it('is the training problem of a network without overlap', () => {
    const system = randomInstance({ n: 6, subsets: 5, k: 3, stream: root.child('network') })
    const data = setSplittingData(system)
    expect(data).toMatchObject({ k: 3, m: 18, d: 54 })
    const w = root.child('w').normalInto(new Float64Array(18))
    const options = { k: data.k, stride: data.m }
    const g = new Float64Array(18)
    const loss = new SplittingProblem(system).lossAndGradientInto(g, w)
    expect(loss).toBeCloseTo(sampleLoss(data, w, options), 14)
    expect(largestDifference(g, sampleGradient(data, w, options))).toBeLessThan(1e-14)
  })
  it('has the sizes and gaps of the table', () => {
    expect(splittingGap(fanoPlane())).toBeCloseTo(0.0178571, 7)
    expect(
      splittingGap({
        n: 3,
        subsets: [
          [0, 1],
          [1, 2],
          [0, 2],
        ],
        k: 2,
      }),
    ).toBeCloseTo(0.0277778, 7)
    expect(
      splittingGap({ n: 4, subsets: smallSubsets(4).filter((c) => c.length === 2), k: 3 }),
    ).toBeCloseTo(0.0040404, 7)
    expect(
      [fanoPlane(), plantedInstance({ n: 10, subsets: 20, stream: root })].map(
        (s) => setSplittingData(s).m,
      ),
    ).toEqual([14, 20])
  })
})

describe('brute force', () => {
  it('knows what can be split', () => {
    const k4 = smallSubsets(4).filter((c) => c.length === 2)
    expect(bruteForceSplit(fanoPlane())).toBeUndefined()
    expect(bruteForceSplit(fanoPlane(2, 6))).toBeDefined()
    expect(bruteForceSplit(fanoPlane(3))).toBeDefined()
    expect(bruteForceSplit({ n: 4, subsets: k4, k: 3 })).toBeUndefined()
    expect(bruteForceSplit({ n: 4, subsets: k4, k: 4 })).toEqual([0, 1, 2, 3])
  })
  it('is right without subsets and with one element', () => {
    expect(bruteForceSplit({ n: 1, subsets: [], k: 2 })).toEqual([0])
    expect(lossAt({ n: 1, subsets: [], k: 2 }, Float64Array.of(1, -1))).toBe(0)
    expect(splittingGap({ n: 1, subsets: [], k: 2 })).toBe(0.25)
  })
  it('refuses what is too large', () => {
    expect(() => bruteForceSplit({ n: 40, subsets: [], k: 2 })).toThrow('at most 2^26, got 2^39')
  })
  it('finds the planted solution, or another', () => {
    for (const n of [10, 12, 14]) {
      const system = plantedInstance({ n, subsets: 2 * n, stream: root.child('planted', n) })
      expect(
        splits(
          system,
          Array.from({ length: n }, (_, i) => i % 2),
        ),
      ).toBe(true)
      const found = bruteForceSplit(system)
      expect(found && splits(system, found)).toBe(true)
      expect(new Set(system.subsets.map(String)).size).toBe(2 * n)
    }
  })
})

describe('what is no set system', () => {
  it.each([
    [{ n: 3, subsets: [[0]], k: 2 }, 'to have at least two elements'],
    [{ n: 3, subsets: [[]], k: 2 }, 'to have at least two elements'],
    [{ n: 3, subsets: [[0, 3]], k: 2 }, 'to be an element in [0, n − 1 = 2], got 3'],
    [{ n: 3, subsets: [[0, -1]], k: 2 }, 'got -1'],
    [{ n: 3, subsets: [[0, 0.5]], k: 2 }, 'got 0.5'],
    [{ n: 3, subsets: [[1, 1]], k: 2 }, 'not to repeat an element, got 1 twice'],
    [{ n: 3, subsets: [[0, 1]], k: 1 }, 'k to be an integer ≥ 2, got 1'],
    [{ n: 0, subsets: [], k: 2 }, 'n to be an integer ≥ 1, got 0'],
    [{ n: 2.5, subsets: [], k: 2 }, 'n to be an integer ≥ 1, got 2.5'],
  ])('is refused: %j', (system, message) => {
    expect(() => setSplittingData(system)).toThrow(message)
    expect(() => bruteForceSplit(system)).toThrow(RangeError)
    expect(() => splittingGap(system)).toThrow(RangeError)
    expect(() => splittingDescent(system, { stream: root })).toThrow(RangeError)
    expect(() => weightsToPartition(system, [0])).toThrow(RangeError)
  })
  it('is refused as a partition or as weights', () => {
    const system = fanoPlane()
    expect(() => splits(system, [0, 1])).toThrow('a part for each of 7 elements, got 2')
    expect(() => unsplit(system, [0, 1, 2, 0, 0, 0, 0])).toThrow(
      'parts to be integers in [0, k − 1 = 1], got 2',
    )
    expect(() => partitionToWeights(system, [0])).toThrow(RangeError)
    expect(() => weightsToPartition(system, [0])).toThrow(ShapeError)
    const bad = new Float64Array(14).fill(NaN)
    expect(() => weightsToPartition(system, bad)).toThrow('w[0] to be finite')
  })
  it('is refused by the generators', () => {
    expect(() => fanoPlane(1)).toThrow('k to be an integer ≥ 2')
    expect(() => fanoPlane(2, 8)).toThrow('lines to be an integer in [0, 7]')
    expect(() => plantedInstance({ n: 3, subsets: 2, stream: root })).toThrow(
      'subsets to be at most 1',
    )
    expect(() => randomInstance({ n: 1, subsets: 2, k: 2, stream: root })).toThrow('n to be')
    expect(() => randomInstance({ n: 4, subsets: 2, k: 2, largest: 5, stream: root })).toThrow(
      'largest',
    )
  })
  it('puts all elements of zero weights into one part', () => {
    expect(weightsToPartition(fanoPlane(), new Float64Array(14))).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(unsplit(fanoPlane(), [0, 0, 0, 0, 0, 0, 0])).toHaveLength(7)
  })
})
