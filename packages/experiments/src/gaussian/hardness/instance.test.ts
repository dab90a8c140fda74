import { describe, expect, it } from 'vitest'
import { bruteForceSplit, setSplittingData, splits } from '@nonconvex/gaussian-theory/hardness'
import { stream } from '@nonconvex/tensor'
import { InputError } from '../../define/input-error.js'
import { those, Trial } from '../../../test/verdicts.js'
import { systemOf } from './instance.js'
import { hardness } from './experiment.js'
import { systemNames } from './system-fault.js'

const messageOf = (instance: unknown): string => {
  try {
    hardness.params.parse({ instance })
    return 'accepted'
  } catch (error) {
    return error instanceof InputError ? error.message : 'another error'
  }
}

describe('a set system by its name', () => {
  it.each([
    ['fano', 7, 7, 2, false],
    ['fano-less', 7, 6, 2, true],
    ['fano-three', 7, 7, 3, true],
    ['triangle', 3, 3, 2, false],
    ['path', 3, 2, 2, true],
    ['k4-three', 4, 6, 3, false],
    ['k4-four', 4, 6, 4, true],
    ['planted-10', 10, 20, 2, true],
    ['planted-12', 12, 26, 2, true],
    ['planted-14', 14, 30, 2, true],
  ])('%s has the size of the table', (name, n, subsets, k, splittable) => {
    const system = systemOf(name, stream(1))
    expect([system.n, system.subsets.length, system.k]).toEqual([n, subsets, k])
    expect(bruteForceSplit(system) !== undefined).toBe(splittable)
    expect(setSplittingData(system).m).toBe(k * n)
    expect(systemNames).toContain(name)
  })
})

describe('a set system in JSON', () => {
  const text = '{"k": 2, "n": 4, "subsets": [[0, 1, 2], [1, 2, 3]]}'

  it('is read', () => {
    expect(hardness.params.parse({ instance: text })['instance']).toBe(text)
    expect(systemOf(text, stream(1))).toEqual({
      n: 4,
      subsets: [
        [0, 1, 2],
        [1, 2, 3],
      ],
      k: 2,
    })
  })

  it('runs like a named one, and is split', async () => {
    const params = { instance: text, blocked: '{"n":3,"subsets":[[0,1],[1,2],[0,2]],"k":2}' }
    const more = { starts: 60, instances: 3, steps: 2000 }
    const trial = await Trial.run('gaussian/hardness', { ...params, ...more })
    expect(those(trial.statuses(), 'holds')).toEqual(
      expect.arrayContaining(['set-splitting', 'splitting-gap', 'splitting-rounding']),
    )
    const { witness } = trial.rows.find(({ key }) => key.startsWith('hard=')) ?? { witness: {} }
    const system = witness as { n: number; subsets: number[][]; k: number }
    expect(splits(system, [0, 0, 1, 0])).toBe(true)
  })

  it.each([
    ['fan', 'expected one of fano, fano-less, ', 'did you mean fano?'],
    ['[[0,1]]', 'or JSON like {"n": 3', 'got [[0,1]]'],
    ['{"n": 3, "subsets": [[0,1], "k": 2}', 'not JSON from character 32 on', 'at : 2}'],
    ['{"n": 3', 'not JSON from character 8 on', 'at the end'],
    ['{"n": 3, "sets": [[0,1]], "k": 2}', 'unknown key sets', 'expected n, subsets and k'],
    ['{"n": 3, "k": 2}', 'subsets is missing', 'expected {"n": 3'],
    ['{"n": 3, "subsets": [0, 1], "k": 2}', 'subsets must be a list of lists', 'got [0,1]'],
    ['{"n": 3, "subsets": {"0": 1}, "k": 2}', 'subsets must be a list of lists', 'got {"0":1}'],
    ['{"n": "3", "subsets": [], "k": 2}', 'n to be an integer ≥ 1', 'got 3'],
    ['{"n": 3, "subsets": [[0, 1], [2, 3]], "k": 2}', 'subsets[1][1] to be an element', 'got 3'],
    ['{"n": 3, "subsets": [[0, "1"]], "k": 2}', 'subsets[0][1] to be an element', 'got 1'],
    ['{"n": 3, "subsets": [[0, null]], "k": 2}', 'subsets[0][1]', 'got null'],
    ['{"n": 3, "subsets": [[1]], "k": 2}', 'subsets[0] to have at least two', 'two or more'],
    ['{"n": 3, "subsets": [[1, 1]], "k": 2}', 'not to repeat an element', 'got 1 twice'],
    ['{"n": 3, "subsets": [[0, 1]], "k": 1}', 'k to be an integer ≥ 2', 'got 1'],
    ['{"n": 3, "subsets": [[0, 1]], "k": 50}', 'k must be at most 10 parts', 'got 50'],
    ['{"n": 28, "subsets": [[0, 1]], "k": 2}', 'at most 2^26', 'take fewer elements'],
  ])('is refused, with position and remedy: %s', (given, what, more) => {
    const message = messageOf(given)
    expect(message).toMatch(/^parameter instance: /)
    expect(message).toContain(what)
    expect(message).toContain(more)
    expect(message).not.toContain('\n')
  })

  it('is refused as the other parameter, too, and both faults are reported', () => {
    const bad = { instance: 'fan', blocked: '{}' }
    expect(() => hardness.params.parse(bad)).toThrow(
      /parameter instance: .*\nparameter blocked: n is/,
    )
  })
})
