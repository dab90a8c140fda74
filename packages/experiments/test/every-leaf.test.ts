import { Ajv } from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import { resultDigest, resultText } from '../src/engine/conclude.js'
import { runExperiment } from '../src/engine/run.js'
import { experiments, findExperiment } from '../src/registry.js'
import { canonicalJson } from '../src/result/canonical.js'
import { parseResult } from '../src/result/parse.js'
import { resultJsonSchema } from '../src/result/result-json-schema.js'
import type { Result } from '../src/result/result.js'
import type { Finding } from '../src/verify/report.js'
import { verifyResult } from '../src/verify/verify.js'
import { draw } from './drawing.js'
import { apart, leavesOf, sample, type Leaf } from './leaves.js'
import { remembering, untilRejected } from './remembering.js'
import { expectReadable } from './svg.js'
import { tinyRuns, type Tiny } from './tiny.js'

/** What depends on (experiment, params, seed), as one text. */
const bytes = ({ timings: _t, versions: _v, ...rest }: Result): string => canonicalJson(rest)

const isConclusion = ({ path }: Leaf): boolean => /^(verdicts|tables|figures)\b/.test(path)

/** The document with an edit, its digest made anew. */
function forged(result: Result, ...edits: readonly Pick<Leaf, 'edit'>[]): Result {
  const draft = edits.reduce<unknown>((document, { edit }) => edit(document), result) as Result
  return { ...draft, digest: resultDigest(draft) }
}

/** What matters of what was found. */
type Findings = readonly Pick<Finding, 'path' | 'message'>[]

// a row that was checked before is not computed again for each place of the document that is
// changed
const among = experiments.map(remembering)

const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(resultJsonSchema)

/** As a user checks a file: read, then verified. */
async function findingsOf(result: Result, some = among): Promise<Findings> {
  try {
    const read = parseResult(JSON.stringify(result), 'file')
    return (await verifyResult(read, { among: some })).findings
  } catch (error) {
    return [{ path: '', message: (error as Error).message }]
  }
}

/** Whether one path leads to the other. */
const leads = (path: string, to: string): boolean => {
  const [short, long] = path.length < to.length ? [path, to] : [to, path]
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)))
}

/** The row that a leaf is part of. */
const rowOf = ({ path }: Leaf): string | undefined => /^rows\[\d+\]/.exec(path)?.[0]

/** The place that a finding about this leaf has to name: a witness is checked with its row. */
const placeOf = ({ path }: Leaf): string => /^rows\[\d+\](?=\.witness)/.exec(path)?.[0] ?? path

const isNamed = (leaf: Leaf, findings: Findings): boolean => {
  const place = placeOf(leaf)
  return findings.some(({ path, message }) => leads(path, place) || message.includes(place))
}

/**
 * The leaves that are not named when they are changed, with what was found instead. Rows are
 * checked one by one, so leaves of different rows are changed at once; where that names one of them
 * not (what cannot be read names few faults, and findings are at most a hundred), it is changed
 * alone.
 */
async function unnamed(
  honest: Result,
  leaves: readonly Leaf[],
  named = isNamed,
): Promise<string[]> {
  const missing: string[] = []
  for (const some of apart(leaves, 50, rowOf)) {
    const together = await findingsOf(forged(honest, ...some))
    for (const leaf of some) {
      if (named(leaf, together)) continue
      const alone = await findingsOf(forged(honest, leaf))
      if (!named(leaf, alone))
        missing.push(`${leaf.path}: ${alone.map(({ path, message }) => `${path} ${message}`)[0]}`)
    }
  }
  return missing
}

/** Whether a document with this leaf changed can still be read. */
function isReadable(honest: Result, leaf: Leaf): boolean {
  try {
    parseResult(JSON.stringify(leaf.edit(honest)), 'file')
    return true
  } catch {
    return false
  }
}

// an experiment without tiny parameters of its own has those of its quick preset
const runs: readonly Tiny[] = [
  ...tinyRuns,
  ...experiments
    .filter(({ id }) => !tinyRuns.some((tiny) => tiny.id === id))
    .map(({ id, params, presets }) => ({
      id,
      name: '',
      params: params.parse(presets.quick),
      idle: [],
    })),
]

it('has tiny parameters of experiments only', () => {
  const ids = experiments.map(({ id }) => id)
  expect(tinyRuns.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([])
})

describe.each(runs.map((tiny) => [`${tiny.id}${tiny.name}`, tiny] as const))('%s', (_, tiny) => {
  const { id, params, idle } = tiny
  const experiment = findExperiment(id)
  const run = (seed: number): Promise<Result> => runExperiment(experiment, { params, seed })
  let honest: Result
  let leaves: readonly Leaf[]
  beforeAll(async () => {
    honest = await run(1)
    leaves = sample(leavesOf(honest)).filter(
      ({ path }) => !/^(digest$|timings|versions)/.test(path),
    )
  })

  it('gives equal bytes for equal seeds, others for another, in a document that is valid and accepted', async () => {
    expect(bytes(await run(1))).toBe(bytes(honest))
    const other = bytes(await run(2)).replace('"seed":2', '"seed":1')
    const same = bytes(honest).replace(honest.digest, '')
    expect(other.replace(/"digest":"\w+"/, '"digest":""') === same).toBe(idle.includes('seed'))
    expect(isValid(JSON.parse(resultText(honest)))).toBe(true)
    expect(await findingsOf(honest)).toEqual([])
  })

  it('has figures in which no text is clipped or lies on another, on a page and on a phone', () => {
    for (const figure of honest.figures)
      for (const width of [360, 720])
        expectReadable(draw(figure, width), width, `${figure.id} at ${width}`)
  })

  it('is rejected with any leaf of its parameters or head changed', async () => {
    const accepted: string[] = []
    for (const leaf of leaves.filter((each) => !isConclusion(each) && rowOf(each) === undefined)) {
      const forgery = forged(honest, leaf)
      if ((await findingsOf(forgery, among.map(untilRejected))).length > 0) continue
      accepted.push(leaf.path)
      // no forgery: this is what a run with these parameters and this seed gives
      const again = await runExperiment(experiment, forgery)
      expect(bytes(again), leaf.path).toBe(bytes(forgery))
    }
    expect(accepted.sort()).toEqual([...idle].sort())
  })

  it('is rejected with any leaf of its rows changed, and the place is named', async () => {
    const inRows = leaves.filter((each) => rowOf(each) !== undefined)
    expect(inRows.length).toBeGreaterThan(0)
    const readable = inRows.filter((leaf) => isReadable(honest, leaf))
    expect(await unnamed(honest, readable)).toEqual([])
    for (const leaf of inRows.filter((each) => !readable.includes(each)))
      expect(isNamed(leaf, await findingsOf(forged(honest, leaf))), leaf.path).toBe(true)
  })

  it('is rejected with a field more in a witness, or a number of it as text, and the row is named', async () => {
    const numbers = leaves.flatMap(({ retype, ...leaf }) =>
      retype && /^rows\[\d+\]\.witness/.test(leaf.path) ? [{ ...leaf, edit: retype }] : [],
    )
    expect(await unnamed(honest, numbers)).toEqual([])
    const more = honest.rows.map((row, i): Leaf => {
      const witness = typeof row.witness === 'object' ? { ...row.witness, extra: 1 } : 1
      const edit = (document: unknown): unknown => {
        const result = document as Result
        return { ...result, rows: result.rows.with(i, { ...row, witness }) }
      }
      return { path: `rows[${i}].witness.extra`, shape: 'rows[].witness.extra', edit }
    })
    const byRow = (leaf: Leaf, findings: Findings): boolean =>
      findings.some(({ path }) => path === rowOf(leaf))
    expect(await unnamed(honest, more, byRow)).toEqual([])
  })

  it('is rejected with any leaf of its conclusion changed, and the place is named', async () => {
    const concluded = leaves.filter(isConclusion)
    expect(concluded.length).toBeGreaterThan(50)
    // each is compared by itself, so many can be changed at once; findings are at most a hundred
    for (const some of apart(concluded, 90, ({ packed }) => packed)) {
      const { findings } = await verifyResult(forged(honest, ...some), { among })
      const found = findings.map(({ path }) => path)
      for (const { path, packed } of some)
        expect(
          found.some((at) => at === path || at === packed),
          path,
        ).toBe(true)
    }
  })
})
