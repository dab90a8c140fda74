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
import { expectReadable } from './svg.js'
import { tinyRuns } from './tiny.js'

/** What depends on (experiment, params, seed), as one text. */
const bytes = ({ timings: _t, versions: _v, ...rest }: Result): string => canonicalJson(rest)

const isConclusion = ({ path }: Leaf): boolean => /^(verdicts|tables|figures)\b/.test(path)

/** The document with an edit, its digest made anew. */
function forged(result: Result, ...edits: readonly Pick<Leaf, 'edit'>[]): Result {
  const draft = edits.reduce<unknown>((document, { edit }) => edit(document), result) as Result
  return { ...draft, digest: resultDigest(draft) }
}

/** As a user checks a file: read, then verified. */
async function findingsOf(result: Result): Promise<readonly Pick<Finding, 'path' | 'message'>[]> {
  try {
    const read = parseResult(JSON.stringify(result), 'file')
    return (await verifyResult(read)).findings
  } catch (error) {
    return [{ path: '', message: (error as Error).message }]
  }
}

/** Whether one path leads to the other. */
const leads = (path: string, to: string): boolean => {
  const [short, long] = path.length < to.length ? [path, to] : [to, path]
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)))
}

/** The place that a finding about this leaf has to name: a witness is checked with its row. */
const placeOf = ({ path }: Leaf): string => /^rows\[\d+\](?=\.witness)/.exec(path)?.[0] ?? path

it('covers every experiment', () => {
  expect(new Set(tinyRuns.map(({ id }) => id))).toEqual(new Set(experiments.map(({ id }) => id)))
})

describe.each(tinyRuns.map((tiny) => [`${tiny.id}${tiny.name}`, tiny] as const))(
  '%s',
  (_, tiny) => {
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
      const ajv = new Ajv({ strict: true, allowUnionTypes: true })
      expect(ajv.validate(resultJsonSchema, JSON.parse(resultText(honest)))).toBe(true)
      expect(await findingsOf(honest)).toEqual([])
    })

    it('has figures in which no text is clipped or lies on another, on a page and on a phone', () => {
      for (const figure of honest.figures)
        for (const width of [360, 720])
          expectReadable(draw(figure, width), width, `${figure.id} at ${width}`)
    })

    it('is rejected with any leaf of its rows, parameters or head changed, and the place is named', async () => {
      const accepted: string[] = []
      for (const leaf of leaves.filter((each) => !isConclusion(each))) {
        const forgery = forged(honest, leaf)
        const findings = await findingsOf(forgery)
        if (findings.length === 0) {
          accepted.push(leaf.path)
          // no forgery: this is what a run with these parameters and this seed gives
          const again = await runExperiment(experiment, forgery)
          expect(bytes(again), leaf.path).toBe(bytes(forgery))
        } else if (leaf.path.startsWith('rows')) {
          const place = placeOf(leaf)
          const named = findings.some(
            ({ path, message }) => leads(path, place) || message.includes(place),
          )
          expect(named, `${leaf.path}: ${findings[0].path} ${findings[0].message}`).toBe(true)
        }
      }
      expect(accepted.sort()).toEqual([...idle].sort())
    })

    it('is rejected with a field more in a witness, or a number of it as text', async () => {
      const numbers = leaves.filter(({ path }) => /^rows\[\d+\]\.witness/.test(path))
      for (const { path, retype } of numbers) {
        const found = retype && (await findingsOf(forged(honest, { edit: retype })))
        if (found) expect(found.length, path).toBeGreaterThan(0)
      }
      for (const [i, row] of honest.rows.entries()) {
        const witness = typeof row.witness === 'object' ? { ...row.witness, extra: 1 } : 1
        const edit = (document: unknown): unknown => ({
          ...(document as Result),
          rows: honest.rows.with(i, { ...row, witness }),
        })
        const found = await findingsOf(forged(honest, { edit }))
        expect(found.map(({ path }) => path)).toContain(`rows[${i}]`)
      }
    })

    it('is rejected with any leaf of its conclusion changed, and the place is named', async () => {
      const concluded = leaves.filter(isConclusion)
      expect(concluded.length).toBeGreaterThan(50)
      // each is compared by itself, so many can be changed at once; findings are at most a hundred
      for (const some of apart(concluded, 90)) {
        const { findings } = await verifyResult(forged(honest, ...some))
        const found = findings.map(({ path }) => path)
        for (const { path, packed } of some)
          expect(
            found.some((at) => at === path || at === packed),
            path,
          ).toBe(true)
      }
    })
  },
)
