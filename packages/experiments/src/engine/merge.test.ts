import { describe, expect, it } from 'vitest'
import { toy } from '../../test/toy.js'
import { mergeResults } from './merge.js'
import { runExperiment } from './run.js'

const shard = (index: number, of: number, seed = 1) =>
  runExperiment(toy, { seed, shard: { index, of } })

describe('mergeResults', () => {
  it('gives shards the digest of a run in one piece', async () => {
    const whole = await runExperiment(toy, { seed: 1 })
    const parts = await Promise.all([2, 0, 1].map((i) => shard(i, 3)))
    expect(parts.map(({ status }) => status)).toEqual(['partial', 'partial', 'partial'])
    expect(parts.map(({ rows }) => rows.map(({ key }) => key))).toEqual([
      ['seed=3'],
      ['seed=1', 'seed=4'],
      ['seed=2'],
    ])
    const merged = await mergeResults(parts, [toy])
    expect(merged.digest).toBe(whole.digest)
    expect(merged.status).toBe('complete')
    expect(Object.keys(merged.timings.cells).sort()).toEqual(
      Object.keys(whole.timings.cells).sort(),
    )
  })

  it('is partial while a shard is missing', async () => {
    const merged = await mergeResults([await shard(0, 2)], [toy])
    expect(merged.status).toBe('partial')
    expect(merged.verdicts[0].status).toBe('inconclusive')
  })

  it('refuses what does not belong together', async () => {
    const one = await shard(0, 2)
    await expect(mergeResults([one, await shard(1, 2, 2)], [toy])).rejects.toThrow(
      'merge: expected the same seed in all results, got 1 and 2',
    )
    await expect(mergeResults([], [toy])).rejects.toThrow('at least one result')
    const rows = one.rows.map((row) => ({ ...row, measured: 0 }))
    await expect(mergeResults([one, { ...one, rows }], [toy])).rejects.toThrow(
      'got two that differ',
    )
  })
})
