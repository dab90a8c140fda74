import { describe, expect, it } from 'vitest'
import type { AnnotatedScene } from './annotated-scene.js'
import { scenePrediction } from './scene-prediction.js'

const names = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'near', 'on'] }
const bare: AnnotatedScene = {
  id: 'a',
  width: 4,
  height: 4,
  boxes: [
    [0, 0, 2, 2],
    [2, 2, 4, 4],
  ],
  classes: [1, 2],
}
const of = (more: Partial<AnnotatedScene>) => () => scenePrediction({ ...bare, ...more }, names)

describe('a line of predictions', () => {
  it('with scores below 0, before which what is not listed would come, is refused', () => {
    expect(
      of({
        relationScores: [
          [0, 1, 1, 0.5],
          [0, 1, 2, -0.1],
        ],
      }),
    ).toThrow(
      'image "a": relationScores[1][3]: expected a score of at least 0, since the score of what is not listed is 0, got -0.1; give probabilities, or logits as relationLogits',
    )
    expect(of({ relationScores: [], scores: [0.5, -2] })).toThrow(
      /image "a": scores\[1\]: expected a score of at least 0/,
    )
    const { predicates } = of({
      relationScores: [
        [0, 1, 1, 0],
        [0, 1, 2, 1.5],
      ],
    })()
    expect(Array.from(predicates.data.subarray(3, 6))).toEqual([0, 0, 1.5])
  })

  it('with two scores for one predicate of a pair, or two rows of logits for one pair, is refused', () => {
    expect(
      of({
        relationScores: [
          [0, 1, 1, 0.5],
          [1, 0, 1, 0.5],
          [0, 1, 1, 0.5],
        ],
      }),
    ).toThrow('image "a": relationScores[2]: expected each predicate of a pair once, got one twice')
    expect(of({ relationScores: [], relationLogits: [] })).toThrow(
      'image "a": expected relationScores or relationLogits, got both; drop one of them',
    )
    expect(
      of({
        relationLogits: [
          [0, 1, [0, 1, 2]],
          [0, 1, [0, 1, 2]],
        ],
      }),
    ).toThrow('image "a": relationLogits[1]: expected each pair once, got one twice')
    expect(
      of({
        relationLogits: [
          [0, 1, [-9, 1, 2]],
          [1, 0, [0, 1, 2]],
        ],
      }),
    ).not.toThrow()
  })
})
