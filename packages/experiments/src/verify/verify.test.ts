import type { Json } from '@nonconvex/optim/claims'
import { beforeAll, describe, expect, it } from 'vitest'
import { toy } from '../../test/toy.js'
import type { Experiment, Work } from '../define/experiment.js'
import { FileError } from '../define/scene-data.js'
import { resultDigest } from '../engine/conclude.js'
import { runExperiment } from '../engine/run.js'
import { pack } from '../result/packed.js'
import type { Result } from '../result/result.js'
import { parseResult } from '../result/parse.js'
import type { Finding } from './report.js'
import { verifyResult } from './verify.js'

type Writable<T> = [Json] extends [T]
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T
type Draft = Writable<Result>

const among = [toy]
let honest: Result

beforeAll(async () => {
  honest = await runExperiment(toy, { seed: 1 })
})

/** The result with an edit, and a digest that fits the edit. */
function edited(edit: (draft: Draft) => void): Result {
  const draft = structuredClone(honest) as unknown as Draft
  edit(draft)
  draft.digest = resultDigest(draft)
  return draft
}

/** The toy with some of its work done otherwise. */
async function working(otherwise: Partial<Work>): Promise<Experiment> {
  const work = { ...(await toy.work()), ...otherwise }
  return { ...toy, work: () => work }
}

const paths = async (result: Result): Promise<string[]> => {
  const { accepted, findings } = await verifyResult(result, { among })
  expect(accepted).toBe(findings.length === 0)
  for (const { message } of findings) expect(message).toMatch(/\w/)
  return findings.map(({ path }) => path)
}

const measuredOf = (draft: Draft, i: number): Record<string, Json> =>
  draft.rows[i].measured as Record<string, Json>

describe('verifyResult', () => {
  it('accepts an honest result, whole or partial, and after a trip through a file', async () => {
    expect(await verifyResult(honest, { among })).toEqual({
      accepted: true,
      findings: [],
      notes: [],
    })
    expect(await paths(parseResult(JSON.stringify(honest), 'file'))).toEqual([])
    const part = await runExperiment(toy, { seed: 1, shard: { index: 0, of: 2 } })
    const none = await runExperiment(toy, { seed: 1, signal: AbortSignal.abort() })
    for (const [result, cells] of [
      [part, '2 of 4 cells'],
      [none, '0 of 4 cells'],
    ] as const) {
      const { accepted, notes } = await verifyResult(result, { among })
      expect(accepted).toBe(true)
      expect(notes).toEqual([expect.stringContaining(`partial: ${cells}`)])
    }
  })

  it('says that a document names another machine type, where nothing differs, too', async () => {
    const versions = { ...honest.versions, machine: 'riscv' }
    const { accepted, notes } = await verifyResult({ ...honest, versions }, { among })
    expect(accepted).toBe(true)
    expect(notes).toEqual([expect.stringContaining('"riscv"')])
  })

  const edits: [string, string, (draft: Draft) => void][] = [
    ['a measured number', 'rows[2].measured.mean', (d) => (measuredOf(d, 2)['mean'] = 0.123)],
    [
      'the last bit of one',
      'rows[1].measured.mean',
      (d) => {
        const measured = measuredOf(d, 1)
        measured['mean'] = (measured['mean'] as number) * (1 + 2 ** -52)
      },
    ],
    ['a field too many', 'rows[0].measured.extra', (d) => (measuredOf(d, 0)['extra'] = 1)],
    ['a witness', 'rows[0]', (d) => ((d.rows[0].witness as { draws: number[] }).draws[0] = 0.5)],
    ['a witness of another form', 'rows[3]', (d) => (d.rows[3].witness = 'none')],
    ['a bound', 'verdicts[0].bound', (d) => (d.verdicts[0].bound = 2)],
    ['a verdict', 'verdicts[0].status', (d) => (d.verdicts[0].status = 'violated')],
    ['a statement', 'verdicts[0].statement', (d) => (d.verdicts[0].statement += '!')],
    ['a verdict too many', 'verdicts.length', (d) => d.verdicts.push(d.verdicts[0])],
    ['the seed', 'rows[0]', (d) => (d.seed = 2)],
    ['a seed that is none', 'experiment', (d) => (d.seed = 0.5)],
    ['a parameter', 'rows[0]', (d) => (d.params = { ...d.params, n: 6 })],
    ['a parameter out of range', 'params.n', (d) => (d.params = { ...d.params, n: 0 })],
    ['a parameter left out', 'params.n', (d) => (d.params = { seeds: [1, 2, 3, 4], fail: false })],
    ['the experiment', 'experiment', (d) => (d.experiment = 'toy/other')],
    ['a table', 'tables[0].rows[1][1]', (d) => (d.tables[0].rows[1][1] = 0)],
    [
      'a packed number of a figure',
      'figures[0].panels[0].frames.means.mean[1]',
      (d) => {
        const frame = d.figures[0].panels[0].frames['means']
        const means = honest.rows.map((row) => (row.measured as { mean: number }).mean)
        frame['mean'] = pack(Float64Array.from(means, (m, i) => (i === 1 ? 0 : m))) as Writable<
          ReturnType<typeof pack>
        >
      },
    ],
    ['a figure left out', 'figures.length', (d) => d.figures.pop()],
    ['a caption', 'figures[0].caption', (d) => (d.figures[0].caption = '')],
    ['a row left out', 'status', (d) => d.rows.splice(1, 1)],
    ['a row too many', 'rows[4].key', (d) => d.rows.push({ ...d.rows[0], key: 'seed=99' })],
    ['a row twice', 'rows[4].key', (d) => d.rows.push(d.rows[3])],
    [
      'rows in another order',
      'rows[1].key',
      (d) => {
        const [first, second] = d.rows
        d.rows.splice(0, 2, second, first)
      },
    ],
    ['the status', 'status', (d) => (d.status = 'partial')],
  ]

  it.each(edits)('rejects %s', async (_, path, edit) => {
    expect(await paths(edited(edit))).toContain(path)
  })

  it('rejects rows left out of a run that calls itself partial, by its conclusion', async () => {
    const lie = edited((d) => {
      d.status = 'partial'
      d.rows.pop()
    })
    const found = await paths(lie)
    expect(found).toContain('verdicts[0].status')
    expect(found).toContain('tables[0].rows.length')
  })

  it('rejects an edit under the old digest', async () => {
    const draft = edited((d) => (d.verdicts[0].title = 'Another'))
    expect(await paths({ ...draft, digest: honest.digest })).toEqual([
      'digest',
      'verdicts[0].title',
    ])
    expect(await paths({ ...honest, digest: '0'.repeat(64) })).toEqual(['digest'])
  })

  it('says what was recorded and what was recomputed', async () => {
    const lie = edited((d) => (measuredOf(d, 0)['steps'] = 7))
    const { findings } = await verifyResult(lie, { among })
    expect(findings).toContainEqual({
      path: 'rows[0].measured.steps',
      recorded: 7,
      recomputed: 5,
      message: 'cell "seed=1": this does not follow from the witness',
    })
  })

  it('allows last digits to differ between machine types, and says so', async () => {
    const nearly = edited((d) => {
      const measured = measuredOf(d, 0)
      measured['mean'] = (measured['mean'] as number) * (1 + 1e-12)
    })
    const { accepted, notes, findings } = await verifyResult(nearly, { among, machine: 'other' })
    expect(findings).toEqual([])
    expect(accepted).toBe(true)
    expect(notes[0]).toMatch(/machine type, ".+", than this one, "other": .* 1e-9/)
    expect(notes[1]).toMatch(/^\d numbers differ by at most 1\.0e-12 \(relative\)$/)
    const far = edited((d) => {
      const measured = measuredOf(d, 0)
      measured['mean'] = (measured['mean'] as number) * (1 + 1e-8)
    })
    expect((await verifyResult(far, { among, machine: 'other' })).accepted).toBe(false)
  })

  it('does not list more than a hundred findings', async () => {
    const rows = Array.from({ length: 150 }, () => honest.rows[0])
    const { findings, notes } = await verifyResult({ ...honest, rows }, { among })
    expect(findings).toHaveLength(100)
    expect(notes[0]).toMatch(/more findings are left out$/)
  })

  it('stops when told, and reports its progress', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(verifyResult(honest, { among, signal })).rejects.toThrow('enough')
    const seen: number[] = []
    await verifyResult(honest, { among, onProgress: ({ done }) => seen.push(done) })
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('turns an experiment whose conclusion fails into a finding', async () => {
    const conclude = (): never => {
      throw new Error('cannot conclude')
    }
    const { findings } = await verifyResult(honest, { among: [await working({ conclude })] })
    expect(findings).toEqual([{ path: 'verdicts', message: 'cannot conclude' }])
  })

  it('has words of its own where a check or a conclusion meets rows of another form', async () => {
    const work = await toy.work()
    const check: Work['check'] = (row) => (row.measured as { lists: number[][] }).lists[0]
    const conclude: Work['conclude'] = (rows, params) =>
      rows[9].key === '' ? { verdicts: [], tables: [], figures: [] } : work.conclude(rows, params)
    const only = async (some: Partial<Work>): Promise<readonly Finding[]> =>
      (await verifyResult(honest, { among: [await working(some)] })).findings
    expect(await only({ conclude })).toEqual([
      {
        path: 'verdicts',
        message: `${toy.id} concludes nothing from these rows, and each is right by itself: a defect of the program`,
      },
    ])
    const found = await only({ check, conclude })
    expect(found).toHaveLength(honest.rows.length + 1)
    expect(found[0]).toEqual({
      path: 'rows[0]',
      message: `cell "seed=1": the check failed: ${toy.id} writes no row of this form`,
    })
    expect(found.at(-1)).toEqual({
      path: 'verdicts',
      message: `${toy.id} concludes nothing from rows of this form; see rows[0]`,
    })
  })
})

it('throws where a file is missing: nothing is decided then', async () => {
  const check = () => {
    throw new FileError('a.ndjson: no such file')
  }
  const reading = await working({ check })
  await expect(verifyResult(honest, { among: [reading] })).rejects.toThrow('a.ndjson: no such file')
})
