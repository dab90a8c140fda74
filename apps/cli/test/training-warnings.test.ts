import { join } from 'node:path'
import { expect, it } from 'vitest'
import { trainingWarnings } from '../src/scenes/training-warnings.js'
import { cli, coded, scratch } from './harness.js'

it('warns if no step improves the validation loss', () => {
  const state = { parameters: {}, optimizer: { first: {}, second: {}, decay: [1, 1] } } as const
  const at = (step: number) => ({ best: { step, loss: 1, state } })
  const found = { onValid: [], images: { valid: 3 } }
  expect(trainingWarnings({ checkpoint: at(0), ...found })).toEqual([
    expect.objectContaining({ code: 'training-no-gain' }),
  ])
  expect(trainingWarnings({ checkpoint: at(5), ...found })).toEqual([])
})

it('fit warns if the network is below the frequency baseline, and only then', async () => {
  const folder = scratch()
  const fit = async (count: string): Promise<string> => {
    const data = join(folder, `${count}.ndjson`)
    expect((await cli(['scenes', '--count', count, '--out', data])).status).toBe(0)
    const flags = ['--task', 'predcls', '--model', 'network', '--hidden', '4', '--epochs', '1']
    const outcome = await cli(['fit', 'scenes', data, ...flags])
    expect(outcome.status, outcome.err).toBe(0)
    return coded(outcome)
  }
  // frequencies of 35 scenes are a weak baseline; those of 135 beat four hidden units after one
  // epoch
  expect(await fit('40')).toMatch(/^\[\]/)
  expect(await fit('150')).toMatch(
    /training-below-baseline.* 15 .*recall@100 55\.7 %.* 81\.2 %.*--test/,
  )
})
