import { afterAll, describe, expect, it } from 'vitest'
import { threads } from '../../test/threads.js'
import { toy } from '../../test/toy.js'
import { canonicalJson } from '../result/canonical.js'
import type { Result } from '../result/result.js'
import { InputError } from '../define/input-error.js'
import { verifyResult } from '../verify/verify.js'
import { CellError } from './cell-error.js'
import type { Execute } from './cell.js'
import { conclude } from './conclude.js'
import { runCell } from './run-cell.js'
import { runExperiment } from './run.js'
import { version } from '../version.js'
import packageJson from '../../package.json' with { type: 'json' }

const here: Execute = (job, options) => runCell(job, options, [toy])

const bytes = ({ timings: _t, versions: _v, ...rest }: Result): string => canonicalJson(rest)

const never = new Promise<never>(() => undefined)

describe('the same bytes', () => {
  const pool = threads(2)
  afterAll(() => pool.close())
  const params = { n: 7, seeds: [9, 2, 5, 4, 1, 8] }
  const reference = runExperiment(toy, { params, seed: 3 })

  it('come in order, with the rows in the order of the cells', async () => {
    const result = await reference
    expect(result.status).toBe('complete')
    expect(result.rows.map(({ key }) => key)).toEqual(params.seeds.map((s) => `seed=${s}`))
    expect(result.digest).toBe('e121af70e4709e7caaefbb75ed3e6ca1085db03c7d64b656fd9502f4b0aa1a04')
  })

  it('come when cells end in reverse order', async () => {
    const waiting: (() => void)[] = []
    const execute: Execute = async (job, options) => {
      await new Promise<void>((resolve) => {
        waiting.unshift(resolve)
        if (waiting.length === params.seeds.length) waiting[0]()
      })
      const row = await here(job, options)
      waiting.shift()
      waiting.at(0)?.()
      return row
    }
    const order: string[] = []
    const result = await runExperiment(toy, {
      params,
      seed: 3,
      execute,
      concurrency: params.seeds.length,
      onRow: ({ key }) => order.push(key),
    })
    expect(order).toEqual(params.seeds.map((s) => `seed=${s}`).reverse())
    expect(bytes(result)).toBe(bytes(await reference))
  })

  it('come from two worker threads', async () => {
    const result = await runExperiment(toy, {
      params,
      seed: 3,
      execute: pool.execute,
      concurrency: 2,
    })
    expect(bytes(result)).toBe(bytes(await reference))
  })

  it('do not come from another seed', async () => {
    const other = await runExperiment(toy, { params, seed: 4 })
    expect(other.digest).not.toBe((await reference).digest)
  })

  it('come from an interrupted run that is resumed', async () => {
    const stop = new AbortController()
    const half = await runExperiment(toy, {
      params,
      seed: 3,
      signal: stop.signal,
      onRow: (_, soFar) => {
        if (soFar().length === 2) stop.abort()
      },
    })
    expect(half.status).toBe('partial')
    expect(half.rows).toHaveLength(2)
    expect(half.verdicts[0].status).toBe('inconclusive')
    const ran: string[] = []
    const whole = await runExperiment(toy, {
      params,
      seed: 3,
      rows: [...half.rows, { key: 'seed=777', measured: 0, witness: 0 }],
      onRow: ({ key }) => ran.push(key),
    })
    expect(ran).toEqual(params.seeds.slice(2).map((s) => `seed=${s}`))
    expect(bytes(whole)).toBe(bytes(await reference))
  })
})

describe('runExperiment', () => {
  it('resolves at once when aborted, whatever the cells under way do', async () => {
    const stop = new AbortController()
    let told = false
    const execute: Execute = (job, options) => {
      if (job.key === 'seed=1') return here(job, options)
      options.signal.addEventListener('abort', () => (told = true))
      setTimeout(() => stop.abort())
      return never
    }
    const result = await runExperiment(toy, { seed: 1, execute, signal: stop.signal })
    expect(result.status).toBe('partial')
    expect(result.rows.map(({ key }) => key)).toEqual(['seed=1'])
    expect(told).toBe(true)
  })

  it('runs nothing when aborted before', async () => {
    const execute: Execute = () => Promise.reject(new Error('not to be called'))
    const result = await runExperiment(toy, { seed: 1, execute, signal: AbortSignal.abort() })
    expect(result.rows).toEqual([])
    expect(result.status).toBe('partial')
  })

  it('lets timers have their turn between cells', async () => {
    const stop = new AbortController()
    let now = 0
    setTimeout(() => stop.abort())
    const seeds = Array.from({ length: 50 }, (_, i) => i)
    const result = await runExperiment(toy, {
      params: { seeds },
      seed: 1,
      signal: stop.signal,
      clock: () => (now += 0.01),
    })
    expect(result.rows.length).toBeLessThan(10)
  })

  it('goes on when a cell fails: its claims are inconclusive, and the next run tries it again', async () => {
    const failed: string[] = []
    const run = { params: { fail: true }, seed: 1 }
    const result = await runExperiment(toy, {
      ...run,
      concurrency: 2,
      onFailure: ({ key }) => failed.push(key),
    })
    expect(failed).toEqual(['seed=4'])
    expect(result.failures).toEqual([{ key: 'seed=4', message: 'the toy broke' }])
    expect(result.status).toBe('partial')
    expect(result.rows.map(({ key }) => key)).toEqual(['seed=1', 'seed=2', 'seed=3'])
    expect(result.verdicts[0]).toMatchObject({ status: 'inconclusive' })
    expect(result.verdicts[0].statement).toContain('cell "seed=4" failed: the toy broke')
    const { accepted, notes } = await verifyResult(result, { among: [toy] })
    expect([accepted, notes.length]).toEqual([true, 2])
    const ran: string[] = []
    await runExperiment(toy, { ...run, rows: result.rows, onFailure: ({ key }) => ran.push(key) })
    expect(ran).toEqual(['seed=4'])
  })

  it('ends when a cell finds its input at fault, with the rows so far, and stops the others', async () => {
    let aborted = false
    const execute: Execute = (job, options) => {
      if (job.key === 'seed=4') return Promise.reject(new InputError('the file is empty'))
      if (job.key !== 'seed=3') return here(job, options)
      options.signal.addEventListener('abort', () => (aborted = true))
      return never
    }
    const error = await runExperiment(toy, { seed: 1, execute, concurrency: 2 }).catch(
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(CellError)
    const { key, rows, cause } = error as CellError
    expect(key).toBe('seed=4')
    expect(rows.map((row) => row.key)).toEqual(['seed=1', 'seed=2'])
    expect(cause).toBeInstanceOf(InputError)
    expect(aborted).toBe(true)
  })

  it('refuses a row of another cell, without a witness, or with NaN', async () => {
    const giving = async (row: unknown) => {
      const { failures } = await runExperiment(toy, {
        seed: 1,
        execute: () => Promise.resolve(row as never),
      })
      return failures?.at(0)?.message
    }
    expect(await giving({ key: 'x', measured: 1, witness: 1 })).toBe(
      'expected a row with key "seed=1", got "x"',
    )
    expect(await giving({ key: 'seed=1', measured: 1 })).toContain('got key, measured')
    expect(await giving({ key: 'seed=1', measured: { mean: NaN }, witness: null })).toBe(
      'canonicalJson: measured.mean: expected a finite number, got NaN',
    )
  })

  it('does not call a fault of onRow a fault of the cell', async () => {
    const run = runExperiment(toy, {
      seed: 1,
      onRow: () => {
        throw new Error('the page is gone')
      },
    })
    await expect(run).rejects.toThrow(/^the page is gone$/)
  })

  it('reports progress, trajectories and timings', async () => {
    let now = 0
    const seen: string[] = []
    const points: string[] = []
    const first = await runExperiment(toy, { params: { seeds: [1] }, seed: 1 })
    const result = await runExperiment(toy, {
      params: { n: 2, seeds: [1, 2, 3] },
      seed: 1,
      rows: first.rows,
      clock: () => now++,
      versions: { runtime: 'test' },
      onProgress: ({ done, total, kept }) => seen.push(`${done}/${total} (${kept})`),
      onWatch: ({ step }, key) => points.push(`${key}#${step}`),
    })
    expect(seen).toEqual(['1/3 (1)', '2/3 (1)', '3/3 (1)'])
    expect(points).toEqual(['seed=2#0', 'seed=2#1', 'seed=3#0', 'seed=3#1'])
    expect(Object.keys(result.timings.cells)).toEqual(['seed=2', 'seed=3'])
    expect(result.timings.total).toBeGreaterThan(0)
    expect(result.versions.runtime).toBe('test')
    expect(result.versions.nonconvex).toBe(packageJson.version)
    expect(version).toBe(packageJson.version)
  })

  it('refuses bad seeds, shards, concurrency and contradicting rows', async () => {
    await expect(runExperiment(toy, { seed: -1 })).rejects.toThrow('seed: expected a whole number')
    await expect(runExperiment(toy, { seed: 1, shard: { index: 2, of: 2 } })).rejects.toThrow(
      'shard: expected 0 ≤ index < of, got 2 of 2',
    )
    await expect(runExperiment(toy, { seed: 1, concurrency: 0 })).rejects.toThrow(
      'at least 1, got 0',
    )
    const rows = [1, 2].map((measured) => ({ key: 'seed=1', measured, witness: 0 }))
    await expect(runExperiment(toy, { seed: 1, rows })).rejects.toThrow('got two that differ')
    await expect(runExperiment(toy, { seed: 1, params: { m: 3 } })).rejects.toThrow('did you mean')
  })
})

describe('conclude', () => {
  it('takes rows in any order, and none', async () => {
    const { rows, params } = await runExperiment(toy, { seed: 1 })
    const all = await conclude(toy, rows, params)
    expect(await conclude(toy, [...rows].reverse(), params)).toEqual(all)
    expect((await conclude(toy, [], params)).verdicts[0].status).toBe('inconclusive')
  })
})

describe('runCell', () => {
  it('says which cells there are, and checks what it gets', async () => {
    const job = { experiment: 'toy/means', params: {}, seed: 1, key: 'seed=5' }
    await expect(runCell(job, {}, [toy])).rejects.toThrow(/no cell "seed=5".*did you mean seed=1/)
    await expect(runCell({ ...job, experiment: 'toy/mean' }, {}, [toy])).rejects.toThrow(
      'did you mean toy/means?',
    )
    await expect(runCell({ ...job, params: { n: 0 } }, {}, [toy])).rejects.toThrow('[1, 100]')
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(runCell({ ...job, key: 'seed=1' }, { signal }, [toy])).rejects.toThrow('stopped')
  })
})
