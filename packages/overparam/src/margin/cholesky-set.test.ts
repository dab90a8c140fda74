import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { CholeskySet } from './cholesky-set.js'

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0)

describe('a set with the factor of its Gram matrix', () => {
  it('solves for ones after any additions and removals', () => {
    const source = stream(1)
    const vectors = Array.from({ length: 30 }, () => source.normalInto(new Float64Array(12)))
    const set = new CholeskySet(12)
    for (let change = 0; change < 300; change++) {
      const size = set.members.length
      if (size > 0 && source.uniform() < 0.45) set.removeAt(source.integer(size))
      else {
        const member = source.integer(30)
        if (set.members.includes(member)) continue
        const gram = Float64Array.from(set.members, (m) => dot(vectors[m], vectors[member]))
        const added = set.add(member, gram, dot(vectors[member], vectors[member]), 1e-12)
        expect(added).toBe(size < 12)
      }
      const z = set.solveOnes()
      for (const row of set.members) {
        const product = set.members.reduce(
          (sum, m, p) => sum + dot(vectors[row], vectors[m]) * z[p],
          0,
        )
        expect(product).toBeCloseTo(1, 6)
      }
    }
  })

  it('refuses a member that depends on the others up to rounding, and stays as it was', () => {
    const source = stream(2)
    const [a, b] = [0, 1].map(() => source.normalInto(new Float64Array(5)))
    const set = new CholeskySet(5)
    expect(set.add(0, Float64Array.of(), dot(a, a), 1e-12)).toBe(true)
    expect(set.add(1, Float64Array.of(dot(a, b)), dot(b, b), 1e-12)).toBe(true)
    const before = set.solveOnes()
    for (const off of [0, 1e-9]) {
      const sum = a.map((value, i) => value / 3 + b[i] / 7 + (i === 4 ? off : 0))
      const gram = Float64Array.of(dot(a, sum), dot(b, sum))
      expect(set.add(2, gram, dot(sum, sum), 1e-12)).toBe(false)
    }
    expect(set.members).toEqual([0, 1])
    expect(set.solveOnes()).toEqual(before)
  })
})
