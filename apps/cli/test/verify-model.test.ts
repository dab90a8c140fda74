import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { fit, folder } from './fit-files.js'
import { cli } from './harness.js'

const rows = Array.from({ length: 400 }, (_, i) => {
  const near = i % 2 === 0
  return `${near ? 1 + (i % 7) / 10 : 4 + (i % 5) / 10},${(i % 11) / 10},${near ? 'near' : 'far'}`
})
const data = ['a,b,kind', ...rows].join('\n')
/** Points that the network has not seen. */
const fresh = data.replaceAll(/(\d),(near|far)$/gm, '$15,$2')

interface Checked {
  readonly checked: readonly {
    readonly path: string
    readonly experiment: string
    readonly verification: { readonly accepted: boolean; readonly findings: readonly Finding[] }
  }[]
}

async function made(...more: string[]) {
  const own = folder()
  const model = own.path('model')
  const file = own.put('data.csv', data)
  const test = ['--test', own.put('test.csv', fresh)]
  const fitted = await fit(file, '--bias', '1', '--out', model, ...test, ...more)
  expect(fitted.status).toBe(0)
  return { model, fitted, document: join(model, 'model.json') }
}

/** Where verify finds fault, and its status. */
async function faults(model: string): Promise<readonly [number, readonly string[]]> {
  const { status, out } = await cli(['verify', model, '--json'])
  const [{ verification }] = (JSON.parse(out) as Checked).checked
  expect(verification.accepted).toBe(status === 0)
  return [status, verification.findings.map(({ path }) => path)]
}

describe('verify of a model folder', () => {
  it.each([
    ['as it is by default', []],
    ['with a scale that was given', ['--scale', '0.25']],
    ['standardised', ['--standardise']],
    ['cut off', ['--max-steps', '3']],
  ])('accepts a fit %s, by its folder or its document', async (_, more) => {
    const { model, document } = await made(...more)
    expect(await faults(model)).toEqual([0, []])
    expect(await faults(document)).toEqual([0, []])
    const { out } = await cli(['verify', model])
    expect(out).toContain(`✔ accepted  separable model  ${model}`)
    expect(out).toMatch(/not checked: the counts/)
  })

  it.each([
    ['contradicts itself', 'a,b,kind\n1,2,x\n1,2,y\n3,1,y\n2,2,x\n', []],
    ['has a row of zeros', 'a,b,kind\n0,0,x\n1,2,y\n', []],
    ['cancels up to rounding', 'a,b,kind\n0.1,0.2,x\n0.1,0.2,y\n1,7,x\n', ['--standardise']],
    ['has names with signs', '$a$,<b>,k;k\n1,2,$x\n4,1,y$\n3,1,y$\n', ['--label', '3']],
  ])('accepts a fit of data that %s', async (_, content, more) => {
    const own = folder()
    const model = own.path('model')
    const file = own.put("it's $data$.csv", content)
    expect((await fit(file, '--out', model, ...more)).status).toBe(0)
    expect(await cli(['verify', model, '--strict'])).toMatchObject({ status: 0 })
  })

  it('finds an edited bound, edited counts, another delta and edited weights', async () => {
    const { model, document } = await made()
    const text = readFileSync(document, 'utf8')
    const { training } = JSON.parse(text) as {
      training: {
        runs: { updates: number; distinct: number }[]
        guarantees: { guarantees: { bound: number }[]; best: { bound: number } }
      }
    }
    const [{ bound }] = training.guarantees.guarantees
    const last = training.runs[training.runs.length - 1]
    expect(bound).toBeLessThan(1)
    const edited = async (from: string, to: string): Promise<readonly string[]> => {
      expect(text.split(from).length).toBeGreaterThan(1)
      writeFileSync(document, text.replaceAll(from, to))
      const [status, paths] = await faults(model)
      expect(status).toBe(1)
      writeFileSync(document, text)
      return paths
    }
    expect(await edited(`"bound": ${bound}`, `"bound": ${bound / 2}`)).toContain(
      'training.guarantees.guarantees[0].bound',
    )
    const best = training.guarantees.best.bound
    expect(await edited(`"bound": ${best}`, `"bound": ${best - 1e-6}`)).toContain(
      'training.guarantees.best.bound',
    )
    expect(
      await edited(`"distinct": ${last.distinct}`, `"distinct": ${last.distinct - 1}`),
    ).toContain('training.guarantees.guarantees[0].bound')
    expect(await edited(`"updates": ${last.updates}`, `"updates": ${last.distinct - 1}`)).toContain(
      'training',
    )
    expect(await edited('"delta": 0.05', '"delta": 0.5')).toContain('training.guarantees.statement')
    expect(await edited('"margins": 0', '"margins": 1')).toContain('training.runs[0].status')
    const weights = join(model, 'weights.safetensors')
    const bytes = readFileSync(weights)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(weights, bytes)
    expect(await faults(model)).toEqual([1, ['weights.safetensors']])
    expect((await cli(['verify', model])).out).toMatch(
      /weights\.safetensors: [^]*recorded +"[0-9a-f]{64}"[^]*recomputed +"[0-9a-f]{64}"/,
    )
  })

  it.each([
    ['a verdict called violated', '/verdicts/1/status', 'violated', 'verdicts[1].status'],
    ['a later verdict called violated', '/verdicts/4/status', 'violated', 'verdicts[4]'],
    ['a measured number', '/verdicts/1/measured', 3, 'verdicts[1].measured'],
    ['a later measured number', '/verdicts/3/measured', 3, 'verdicts[3]'],
    ['a bound that is none of the four', '/runs/1/bounds/best', 250, 'runs[1].bounds.best'],
    ['a margin above its upper end', '/separation/lo', 100, 'separation.lo'],
    ['a ledger with another bound', '/runs/1/ledger/paper', 1, 'runs[1].ledger.paper'],
    ['a ledger that rises', '/runs/1/ledger/normsBound', 1e9, 'runs[1].ledger.normsBound'],
    ['more disagreement than examples', '/agreement/train', 500, 'agreement.train'],
    ['more errors than examples', '/rules/0/train/errors', 500, 'rules[0].train.errors'],
    ['fewer different rows', '/data/repeated', 7, 'data.rows.distinct'],
    ['a title that no claim has', '/verdicts/4/title', 'Surely right', 'verdicts[4].title'],
    ['a claim that no fit makes', '/verdicts/4/claim', 'mine', 'verdicts[4].claim'],
    ['more examples on one side', '/data/positives', 7, 'data.positives'],
  ])('finds %s', async (_, pointer, value, at) => {
    const { model, document } = await made()
    const text = JSON.parse(readFileSync(document, 'utf8')) as Record<string, unknown>
    const names = pointer.slice(1).split('/')
    const last = names.pop() ?? ''
    const parent = names.reduce(
      (tree, name) => tree[name] as Record<string, unknown>,
      text['training'] as Record<string, unknown>,
    )
    expect(parent[last]).not.toBe(value)
    parent[last] = value
    writeFileSync(document, JSON.stringify(text))
    const [status, paths] = await faults(model)
    expect(status).toBe(1)
    expect(paths).toContain(`training.${at}`)
  })

  it('says why the best guarantee is larger than its row: the choice costs a fraction of delta', async () => {
    const { model, fitted } = await made()
    const said = fitted.out.replace(/\s+/g, ' ')
    expect(said).toMatch(
      /δ=0\.05; the best is chosen among \d certificates .* δ\/\d.* 0\.\d+ becomes 0\.\d+\./,
    )
    expect(readFileSync(join(model, 'index.html'), 'utf8')).toContain('the best is chosen among')
  })
})

describe('a claim that does not apply', () => {
  it('says once which hypothesis is not met', async () => {
    const own = folder()
    const file = own.put('twice.csv', 'a,b,kind\n1,2,x\n1,2,y\n3,1,y\n2,2,x\n')
    const { out } = await fit(file)
    expect(out).toContain('not met: ')
    expect(out).not.toContain('fails: ')
  })
})
