import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { resultText } from '../src/engine/conclude.js'
import { runExperiment } from '../src/engine/run.js'
import { drawFigure } from '../src/figure/draw.js'
import { experiments } from '../src/registry.js'
import { parseResult } from '../src/result/parse.js'
import { resultJsonSchema } from '../src/result/result-json-schema.js'
import { verifyResult } from '../src/verify/verify.js'
import golden from './golden.json' with { type: 'json' }
import { recomputedBefore } from './remembering.js'
import { headless } from './svg.js'
import { theoryNumbers } from './theory-numbers.js'
import { threads } from './threads.js'

// Digests of every experiment's quick preset, seed 1. A change of numbers is a decision: say it in
// a changeset, then `npm run renew`.
const digests: { readonly [id: string]: string } = golden

const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(resultJsonSchema)

const pool = threads(2)
afterAll(() => pool.close())

it('has a digest for each experiment and no other', () => {
  expect(Object.keys(digests).sort()).toEqual(experiments.map(({ id }) => id).sort())
})

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
  '%s, quick',
  (id, experiment) => {
    const params = experiment.presets.quick
    // One run for all checks, in worker threads. The digest was made in one thread, by the script
    // that renews it: that they are equal says that threads make no difference, and that cells
    // measured again give the same rows. Rows with a replay or an audit are checked below.
    const run = (): ReturnType<typeof runExperiment> =>
      runExperiment(experiment, { params, seed: 1, execute: pool.execute, concurrency: 2 })
    let result: ReturnType<typeof run> | undefined
    const once = (): ReturnType<typeof run> => (result ??= run())

    it('gives the golden digest in two threads, and every claim a verdict that no one is surprised by', async () => {
      const { digest, status, verdicts } = await once()
      expect(status).toBe('complete')
      for (const verdict of verdicts) expect(verdict.status, verdict.statement).not.toBe('violated')
      expect(digest).toBe(digests[id])
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
      const { findings } = await verifyResult(read, { among: [recomputedBefore(experiment)] })
      expect(findings).toEqual([])
      expect(read.digest).toBe((await once()).digest)
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
