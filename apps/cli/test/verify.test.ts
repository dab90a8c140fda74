import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultDigest, resultText, runExperiment, type Result } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { demos } from './fixtures/demo.js'
import { cli, scratch } from './harness.js'

/** A result of the fixture as the program writes it. */
async function honest(): Promise<Result> {
  const { out } = await cli(['run', 'demo/halving', '--json'])
  return JSON.parse(out) as Result
}

async function verify(text: string) {
  const path = join(scratch(), 'result.json')
  writeFileSync(path, text)
  return cli(['verify', path])
}

/** A result document of the fixture, open to edits. */
interface Editable {
  seed: number
  digest: string
  readonly params: { [name: string]: unknown }
  readonly rows: { measured: { steps: number }; witness: unknown }[]
  readonly verdicts: { bound: number; status: string; hypotheses: { measured?: number }[] }[]
  readonly figures: { caption: string }[]
  readonly tables: { rows: unknown[][] }[]
}
type Edit = (result: Editable) => void

const edits: readonly [string, Edit, RegExp][] = [
  ['a measured value', (r) => (r.rows[1].measured.steps = 3), /measured/],
  ['a witness', (r) => (r.rows[1].witness = { i: 7 }), /witness/],
  ['a row left out', (r) => void r.rows.splice(1, 1), /cells have no row/],
  ['rows in another order', (r) => void r.rows.reverse(), /order of the cells/],
  ['a bound', (r) => (r.verdicts[0].bound = 100), /verdicts\[0\]\.bound/],
  ['a status', (r) => (r.verdicts[0].status = 'violated'), /verdicts\[0\]\.status/],
  ['a hypothesis', (r) => (r.verdicts[0].hypotheses[0].measured = 1), /hypotheses/],
  ['the seed', (r) => (r.seed = 2), /rows\[0\]/],
  ['a parameter', (r) => (r.params['start'] = 4096), /verdicts/],
  ['a figure', (r) => (r.figures[0].caption = 'nothing to see'), /figures\[0\]\.caption/],
  ['a table', (r) => (r.tables[0].rows[0][1] = 3), /tables\[0\]/],
]

describe('verify', () => {
  it('accepts what run wrote, and says so', async () => {
    const { status, out } = await verify(resultText(await honest()))
    expect(out).toMatch(/^✔ accepted {2}demo\/halving/)
    expect(status).toBe(0)
  })

  for (const [what, edit, where] of edits) {
    it(`rejects a result with ${what} edited`, async () => {
      const result = structuredClone(await honest()) as unknown as Editable
      edit(result)
      const { status, out } = await verify(resultText(result as unknown as Result))
      expect(out).toMatch(/^✘ rejected/)
      expect(out).toMatch(/digest: the document was changed/)
      expect(status).toBe(1)
    })

    it(`rejects it with the digest made anew, too: ${what}`, async () => {
      const result = structuredClone(await honest()) as unknown as Editable
      edit(result)
      result.digest = resultDigest(result as unknown as Result)
      const { status, out } = await verify(resultText(result as unknown as Result))
      expect(out).not.toMatch(/digest: the document was changed/)
      expect(out).toMatch(where)
      expect(status).toBe(1)
    })
  }

  it('checks every result below a folder, and names the one that is wrong', async () => {
    const folder = scratch()
    for (const name of ['a', 'b']) await cli(['run', 'demo/halving', '--out', join(folder, name)])
    writeFileSync(join(folder, 'b', 'result.json'), resultText({ ...(await honest()), seed: 3 }))
    const { status, out } = await cli(['verify', folder])
    expect(status).toBe(1)
    expect(out).toMatch(/✔ accepted[^\n]*a\/result\.json\n✘ rejected[^\n]*b\/result\.json/)
  })

  it('says of how many cells a partial result is, which --strict refuses', async () => {
    const result = await runExperiment(demos[0], { seed: 1, signal: AbortSignal.abort() })
    const path = join(scratch(), 'result.json')
    writeFileSync(path, resultText(result))
    const { status, out } = await cli(['verify', path])
    expect(out).toMatch(/^✔ accepted [^\n]*\n {4}note: partial: 0 of \d+ cells/)
    expect(status).toBe(0)
    expect((await cli(['verify', path, '--strict'])).status).toBe(1)
  })

  it('--json is one document', async () => {
    const folder = join(scratch(), 'out')
    await cli(['run', 'demo/halving', '--out', folder])
    const { out, status } = await cli(['verify', folder, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      schema: 'nonconvex/verification@1',
      checked: [{ experiment: 'demo/halving', verification: { accepted: true } }],
    })
  })
})

describe('a file that is no result', () => {
  it('is not read if it is very long', async () => {
    const path = join(scratch(), 'result.json')
    writeFileSync(path, '')
    truncateSync(path, 2 ** 26 + 1)
    expect(await cli(['verify', path])).toMatchObject({ status: 2, out: '', codes: ['file-large'] })
  })

  it('data are no result: status 2, what verify takes, and what takes data', async () => {
    for (const name of ['iris.csv', 'scenes.ndjson']) {
      const path = join(scratch(), name)
      writeFileSync(path, '{}')
      const { status, err, codes } = await cli(['verify', path])
      expect({ status, codes }).toEqual({ status: 2, codes: ['result-invalid'] })
      expect(err).toMatch(
        /got a file of data\n {2}give [^\n]*model folder[^\n]*\n.*evaluate MODEL DATA/,
      )
    }
  })

  const table: readonly [string, (text: string) => string | Buffer, RegExp][] = [
    ['empty', () => '', /line 1, column 1/],
    ['no JSON', () => 'steps,1\n', /line 1, column 1: expected JSON/],
    ['bytes', () => Buffer.from([0xff, 0xfe, 0, 1]), /line 1, column 1/],
    ['cut in the middle', (text) => text.slice(0, text.length / 2), /line \d+, column \d+/],
    ['cut by one character', (text) => text.trimEnd().slice(0, -1), /line \d+, column \d+/],
    ['another document', () => '{"schema":"other"}', /schema/],
    ['a newer schema', (text) => text.replace('result@1', 'result@2'), /result@/],
    ['a list', () => '[]', /result\.json/],
    ['a name twice', (text) => text.replace('"seed": 1', '"seed": 2, "seed": 1'), /"seed" again/],
    [
      'a name that objects have',
      (text) => text.replace('"params": {', '"params": {"constructor": 1, '),
      /"constructor"/,
    ],
  ]
  for (const [what, make, message] of table)
    it(`${what}: status 2, where, and what to do`, async () => {
      const path = join(scratch(), 'result.json')
      const written = make(resultText(await honest()))
      writeFileSync(path, written)
      const { status, out, err } = await cli(['verify', path])
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toContain(path)
      expect(err).toMatch(message)
      expect(err).toMatch(/\n {2}give a result\.json [^\n]*--out/)
      expect(readFileSync(path)).toEqual(
        typeof written === 'string' ? Buffer.from(written) : written,
      )
    })
})
