import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { KnownRows, loadCsv, sharedRows } from './index.js'

/** Rows of pixels: small integers, of which float64 has the low word 0. */
function random(seed: number, rows: number, cols = 6) {
  const draw = stream(seed)
  const data = Float64Array.from({ length: rows * cols }, () => Math.floor(draw.uniform() * 256))
  return {
    x: { rows, cols, data },
    y: Float64Array.from({ length: rows }, (_, i) => 1 - 2 * (i % 2)),
  }
}

describe('sharedRows', () => {
  const train = loadCsv('a,b,k\n1,2,x\n3,4,y\n0,5,x\n3,4,y\n')

  it('finds rows in another order and spelling, and the lines of the first pair', () => {
    const test = loadCsv('a,b,k\n9,9,x\n-0,5.0,x\n3e0,4,y\n')
    expect(sharedRows(train, test)).toEqual({ count: 2, lines: [3, 4] })
  })

  it('does not take a row with another label, or swapped features, for the same', () => {
    expect(sharedRows(train, loadCsv('a,b,k\n1,2,y\n4,3,x\n5,0,y\n'))).toBeUndefined()
  })

  it('tells classes by their numbers', () => {
    const numbered = (...of: number[]) => ({ ...random(1, 3), y: Float64Array.from(of) })
    expect(sharedRows(numbered(1, 2, 3), numbered(1, 3, 3))).toEqual({ count: 2, lines: [1, 1] })
    const { x } = numbered()
    const known = KnownRows.of(numbered(1, 2, 3))
    const hits = [0, 1, 2, 3, -1].map((number) => [0, 1, 2].map((i) => known.has(x, i, number)))
    expect(hits.map((row) => row.indexOf(true))).toEqual([-1, 0, 1, 2, -1])
  })

  it('finds none among thousands of rows of small integers', () => {
    expect(sharedRows(random(1, 4000), random(2, 4000))).toBeUndefined()
    expect(sharedRows(random(1, 4000), random(1, 4000))?.count).toBe(4000)
  })
})

describe('KnownRows', () => {
  it('knows after a way through text what it knew before, and nothing else', () => {
    const [data, other] = [random(1, 500), random(2, 500)]
    const known = KnownRows.from({ ...KnownRows.of(data).toText() })
    const hits = ({ x, y }: typeof data) =>
      Array.from(y, (side, i) => known.has(x, i, side)).filter(Boolean).length
    expect([known.distinct, known.kept, hits(data), hits(other)]).toEqual([500, 500, 500, 0])
  })

  it('keeps a bounded number of hashes, and still knows a fair fraction of a copied file', () => {
    const data = random(3, 20_000)
    const text = KnownRows.of(data).toText()
    expect([text.kept, text.hashes.length]).toEqual([8192, Math.ceil((8192 * 8) / 3) * 4])
    const known = KnownRows.from(text)
    const part = Array.from({ length: 1000 }, (_, i) => known.has(data.x, i, data.y[i]))
    const fraction = part.filter(Boolean).length / 1000
    // 8192/20000 = 0.41, deviation 0.016
    expect(Math.abs(fraction - 0.41)).toBeLessThan(0.07)
  })

  it.each([
    ['of another length', { distinct: 3, kept: 3, hashes: btoa('\0'.repeat(8)) }],
    ['not ascending', { distinct: 2, kept: 2, hashes: btoa('\0'.repeat(16)) }],
    ['no base64', { distinct: 1, kept: 1, hashes: '§' }],
  ])('refuses hashes %s', (_, text) => {
    expect(() => KnownRows.from(text)).toThrow(/^KnownRows\.from: expected /)
  })
})
