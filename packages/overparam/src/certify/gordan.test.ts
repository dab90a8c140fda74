import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataset } from '../../test/problems.js'
import { exactSeparability } from './exact-separability.js'
import { gordan } from './gordan.js'
import { separatorProof } from './separator-proof.js'

describe('gordan', () => {
  it('gives one of the two alternatives, in integers, for any matrix', () => {
    const kinds = new Set<string>()
    const integer = fc.bigInt({ min: -9n, max: 9n })
    const shape = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 7 }))
    const matrix = shape.chain(([q, n]) =>
      fc.array(fc.array(integer, { minLength: n, maxLength: n }), { minLength: q, maxLength: q }),
    )
    fc.assert(
      fc.property(matrix, (system) => {
        const n = system[0].length
        const found = gordan(system, n, 1000)
        kinds.add(found.kind)
        if (found.kind === 'weights') {
          expect(found.lambda.every((weight) => weight >= 0n)).toBe(true)
          expect(found.lambda.some((weight) => weight > 0n)).toBe(true)
          for (const row of system)
            expect(row.reduce((sum, v, i) => sum + v * found.lambda[i], 0n)).toBe(0n)
        }
        if (found.kind === 'vector')
          for (let i = 0; i < n; i++)
            expect(system.reduce((sum, row, r) => sum + row[i] * found.w[r], 0n) > 0n).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect([...kinds].sort()).toEqual(['vector', 'weights'])
  })

  it('ends when the budget of pivots does', () => {
    expect(gordan([[1n, -1n]], 2, 0)).toEqual({ kind: 'too-long' })
  })
})

describe('exactSeparability', () => {
  it('tells nearly cancelling rows from cancelling ones, in the decimals of the file', () => {
    const near = dataset(
      [
        [1, 1],
        [1, 1 + 1e-12],
      ],
      [1, -1],
    )
    const found = exactSeparability(near)
    if (found.status !== 'separable') throw new Error(found.status)
    expect(separatorProof(near, found.w).proven).toBe(true)
    const cancelling = dataset(
      [
        [0.1, 1e12],
        [0.2, 2e12],
        [0.3, 3e12],
      ],
      [1, 1, -1],
    )
    const witness = exactSeparability(cancelling)
    if (witness.status !== 'inseparable') throw new Error(witness.status)
    // 0.1 a + 0.2 b = 0.3 c for whichever rows it took
    const sum = witness.rows.reduce(
      (total, row, p) => total + [1n, 2n, -3n][row] * witness.weights[p],
      0n,
    )
    expect(sum).toBe(0n)
    expect(exactSeparability(cancelling, [0, 1]).status).toBe('separable')
  })

  it('does not try what would take long', () => {
    const wide = dataset([Array.from({ length: 100 }, (_, c) => c)], [1])
    expect(exactSeparability(wide).status).toBe('too-large')
    expect(exactSeparability(dataset([[1e-40], [1e40]], [1, -1])).status).toBe('too-large')
  })
})
