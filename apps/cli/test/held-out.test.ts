import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fit, folder } from './fit-files.js'
import { cli } from './harness.js'

/** Labels that no rule foretells, on points that differ. */
const noise = (from: number, n: number): readonly string[] =>
  Array.from({ length: n }, (_, i) => {
    const t = from + i
    return `${(t * 7919) % 1009},${(t * 104_729) % 997},${(t * t) % 7 > 2 ? 'x' : 'y'}`
  })
const head = 'a,b,kind'
const text = (rows: readonly string[]): string => [head, ...rows].join('\n')

interface Document {
  readonly training: {
    readonly shared?: { readonly count: number; readonly lines: readonly number[] }
    readonly guarantees: {
      readonly statement: string
      readonly guarantees: readonly { readonly id: string; readonly status: string }[]
    }
  }
}

interface Evaluation {
  readonly trainedOn: boolean
  readonly errorBound: number | null
  readonly marginFailureBound: number | null
  readonly seen: { readonly examples: number; readonly firstLine: number | null }
}

async function fitted(rows: readonly string[], test: string | Uint8Array, name = 'test.csv') {
  const own = folder()
  const train = own.put('train.csv', text(rows))
  const model = own.path('model')
  const args = ['--test', own.put(name, test), '--max-steps', '20000', '--out', model]
  const done = await fit(train, ...args)
  expect(done.status).toBe(0)
  const document = JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')) as Document
  const { training } = document
  const held = training.guarantees.guarantees.find(({ id }) => id === 'held-out')?.status
  return { ...own, train, model, done, training, held }
}

it('a bound below 1 is not printed as 1', async () => {
  const { path, put } = folder()
  const data = put('data.csv', text(['1,2,x', '3,1,y', '2,2,x', '4,1,y']))
  await fit(data, '--bias', '1', '--out', path('m'))
  // all but one of many are wrong
  const wrong = Array.from(
    { length: 5000 },
    (_, i) => `1,${2 + (i + 1) / 1e4},${i === 0 ? 'x' : 'y'}`,
  )
  const other = put('wrong.csv', text(wrong))
  const { errorBound } = JSON.parse(
    (await cli(['evaluate', path('m'), other, '--json'])).out,
  ) as Evaluation
  expect(errorBound).toBeGreaterThan(0.9995)
  expect(errorBound).toBeLessThan(1)
  const table = await cli(['evaluate', path('m'), other])
  expect(table.out).toMatch(/errors yN ≤ 0 .* 0\.9999\d*\n/)
})

describe('test examples that the network was trained on', () => {
  const rows = noise(0, 60)

  it.each([
    ['the very file', 'test.csv', text(rows), 60, [2, 2]],
    ['its rows in another order', 'test.csv', text([...rows].reverse()), 60, [2, 61]],
    ['the file compressed', 'test.csv.gz', gzipSync(text(rows)), 60, [2, 2]],
    ['one row among new ones', 'test.csv', text([...noise(500, 40), rows[8]]), 1, [42, 10]],
  ])('certify nothing: %s', async (_, name, test, count, lines) => {
    const { done, training, held, model } = await fitted(rows, test, name)
    expect(held).toBe('inapplicable')
    expect(training.shared).toEqual({ count, lines })
    expect(training.guarantees.statement).not.toContain('held-out')
    expect(done.err).toContain(`line ${lines[0]} equals line ${lines[1]}`)
    expect(done.out.replace(/\s+/g, ' ')).toMatch(
      new RegExp(`line ${lines[0]} of the test file.* line ${lines[1]} of the training file`),
    )
    expect((await cli(['verify', model])).status).toBe(0)
  })

  it('is not said of new ones', async () => {
    const { training, held, done } = await fitted(rows, text(noise(500, 40)))
    expect([training.shared, held === 'inapplicable']).toEqual([undefined, false])
    expect(done.codes).not.toContain('examples-shared')
  })

  it('are known to evaluate in any order, compressed or among others, and bound nothing', async () => {
    const { model, put, train } = await fitted(rows, text(noise(500, 40)))
    const evaluated = async (path: string) => {
      const { out } = await cli(['evaluate', model, path, '--json'])
      const { trainedOn, errorBound, marginFailureBound, seen } = JSON.parse(out) as Evaluation
      expect(marginFailureBound === null).toBe(errorBound === null)
      return [trainedOn, seen.examples, seen.firstLine, errorBound === null]
    }
    expect(await evaluated(train)).toEqual([true, 60, 2, true])
    const turned = put('turned.csv', text([...rows].reverse()))
    expect(await evaluated(turned)).toEqual([false, 60, 2, true])
    expect(await evaluated(put('a.csv.gz', gzipSync(text(rows))))).toEqual([false, 60, 2, true])
    const few = put('few.csv', text([...noise(500, 40), rows[8], rows[9]]))
    expect(await evaluated(few)).toEqual([false, 2, 42, true])
    expect(await evaluated(put('new.csv', text(noise(900, 40))))).toEqual([false, 0, null, false])
    const { out } = await cli(['evaluate', model, few])
    expect(out).toContain('trained on 2 of these, the first on line 42')
  })

  it('are remembered up to a number, which evaluate tells', async () => {
    const many = Array.from({ length: 9000 }, (_, i) => `${i},${i % 2 ? 'x' : 'y'}`)
    const own = folder()
    const model = own.path('model')
    const train = own.put('many.csv', ['a,kind', ...many].join('\n'))
    expect((await fit(train, '--max-steps', '100', '--out', model)).status).toBe(0)
    const fresh = own.put('fresh.csv', 'a,kind\n0.5,x\n1.5,y\n')
    expect((await cli(['evaluate', model, fresh])).out.replace(/\s+/g, ' ')).toContain(
      '8,192 of 9,000 training examples',
    )
    const copied = own.put('copied.csv', ['a,kind', ...many.slice(100, 200)].join('\n'))
    expect((await cli(['evaluate', model, copied])).out).toContain('The model was trained on')
  })
})
