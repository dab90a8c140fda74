import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import type { Experiment } from '../src/define/experiment.js'
import { resultText } from '../src/engine/conclude.js'
import { runExperiment } from '../src/engine/run.js'
import { drawFigure } from '../src/figure/draw.js'
import { sourcesDigest } from '../scripts/sources-digest.mjs'
import { experiments } from '../src/registry.js'
import type { Result } from '../src/result/result.js'
import { parseResult } from '../src/result/parse.js'
import { resultJsonSchema } from '../src/result/result-json-schema.js'
import { verifyResult } from '../src/verify/verify.js'
import { describeWithPlainPython } from '@tooling/vitest/requires'
import golden from './golden.json' with { type: 'json' }
import { expectProofs } from './proofs.js'
import { checkedBefore } from './remembering.js'
import { headless } from './svg.js'
import thresholds from './thresholds.json' with { type: 'json' }
import { theoryNumbers } from './theory-numbers.js'

/**
 * Digests of every experiment's quick preset, seed 1. A change of numbers is a decision: say it in a
 * changeset, then `npm run renew`.
 */
export const digests: { readonly [id: string]: string } = golden

/** Claims that compare two numbers, but are no inequality of a theorem that could be tight. */
const otherwise = new Set(Object.values(thresholds).flat())

const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(resultJsonSchema)

const folder = new URL('../quick/', import.meta.url)
const made = new URL('made.json', folder)
const madeBy = (existsSync(made) ? JSON.parse(readFileSync(made, 'utf8')) : {}) as {
  readonly [id: string]: string | undefined
}
const sources = sourcesDigest()

async function quickResult(experiment: Experiment): Promise<Result> {
  const { id, presets } = experiment
  if (madeBy[id] !== sources) return runExperiment(experiment, { params: presets.quick, seed: 1 })
  const file = new URL(`${id.replaceAll('/', '-')}.json.gz`, folder)
  return parseResult(gunzipSync(readFileSync(file)).toString(), 'quick')
}

/** Registers what is expected of the quick presets of the experiments of one part. */
export function expectGolden(part: 'gaussian' | 'overparam' | 'structured'): void {
  const some = experiments.filter(({ id }) => id.startsWith(`${part}/`))
  const compared = new Set<string>()
  describe.each(some.map((experiment) => [experiment.id, experiment] as const))(
    '%s, quick',
    (id, experiment) => {
      // one run for all checks, of this process or of the build, if it ran these very sources; the
      // digest was made by another, so cells measured again give the same rows
      let result: Promise<Result> | undefined
      const once = (): Promise<Result> => (result ??= quickResult(experiment))

      it('gives the golden digest, and no claim is violated', async () => {
        const { digest, status, verdicts } = await once()
        expect(status).toBe('complete')
        for (const verdict of verdicts)
          expect(verdict.status, verdict.statement).not.toBe('violated')
        expect(digest).toBe(digests[id])
      })

      it('shows how tight its inequalities are, or is listed with what it compares', async () => {
        for (const { claim, statement, status, relation, tightness, attainedBy } of (await once())
          .verdicts) {
          if (relation === undefined || relation === '==' || status !== 'holds') continue
          compared.add(claim)
          expect(tightness === undefined && attainedBy === undefined, claim).toBe(
            otherwise.has(claim),
          )
          const untested = tightness !== undefined && tightness < 0.01
          expect(statement.includes('not tested by this run'), claim).toBe(untested)
        }
      })

      const agree = theoryNumbers[id]
      if (agree)
        it('agrees with the numbers that the theory was written with', async () => {
          agree((await once()).rows)
        })

      it('is a valid document, read back unchanged, and accepted when checked again', async () => {
        const text = resultText(await once())
        expect(isValid(JSON.parse(text))).toBe(true)
        const read = parseResult(text, 'golden')
        const { findings } = await verifyResult(read, { among: [checkedBefore(experiment)] })
        expect(findings).toEqual([])
        expect(read.digest).toBe((await once()).digest)
      })

      describeWithPlainPython('proofs', () => {
        it('are accepted by the checker, and refused with another number', async () => {
          expectProofs(id, (await once()).verdicts)
        })
      })

      it('draws its figures in both themes', async () => {
        for (const figure of (await once()).figures) {
          for (const theme of ['light', 'dark'] as const)
            expect(drawFigure(figure, { document: headless(), theme })).not.toMatch(
              /NaN|undefined|Infinity/,
            )
        }
      })
    },
  )

  it('lists no claim that compares nothing', () => {
    const listed = [...otherwise].filter((claim) => claim.startsWith(`${part}/`))
    expect(listed.filter((claim) => !compared.has(claim))).toEqual([])
  })
}
