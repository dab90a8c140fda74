import { describe, expect, it } from 'vitest'
import { finiteScores } from './finite-scores.js'

describe('scores that leave a predictor', () => {
  // a scene of two objects, then one of three; all pairs
  const lists = {
    graphOfNode: Int32Array.of(0, 0, 1, 1, 1),
    i: Int32Array.of(0, 1, 2, 2, 3, 3, 4, 4),
  }
  const sizes = { classes: 2, predicates: 3 }
  const scores = (): { objects: Float64Array; relations: Float64Array } => ({
    objects: new Float64Array(10),
    relations: new Float64Array(24),
  })

  it('are log-probabilities', () => {
    const { objects, relations } = finiteScores('f', scores(), sizes, lists)
    expect([...objects]).toEqual(new Array(10).fill(-Math.log(2)))
    expect([...relations]).toEqual(new Array(24).fill(-Math.log(3)))
  })

  it.each([
    ['objects', 3, NaN, 0],
    ['objects', 4, Infinity, 1],
    ['relations', 5, NaN, 0],
    ['relations', 8, -Infinity, 1],
  ] as const)('are refused where they overflowed: %s, number %d, %d', (name, at, x, scene) => {
    const wrong = scores()
    wrong[name][at] = x
    expect(() => finiteScores('f', wrong, sizes, lists)).toThrow(
      `f: scenes[${scene}] must have scores and features of moderate size, got an overflow in the network`,
    )
  })
})
