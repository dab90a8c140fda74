import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  classDistribution,
  meanScores,
  predicateDistribution,
  tinySettings,
  tinyScene,
  tinySizes,
  type TinyOptions,
  type TinyScene,
} from './tiny.js'
import { tinyAnswers, type TinyAnswers } from './tiny-bayes.js'

const scenes = (count: number, options: TinyOptions = {}): TinyScene[] =>
  Array.from({ length: count }, (_, t) => tinyScene(stream(1).child('scene', t), options))

/** Share of right answers, with the standard error over scenes. */
function share(
  all: readonly TinyScene[],
  answers: readonly TinyAnswers[],
  right: (scene: TinyScene, answer: TinyAnswers) => [number, number],
): { mean: number; error: number } {
  const counts = all.map((scene, t) => right(scene, answers[t]))
  const total = counts.reduce((sum, [, of]) => sum + of, 0)
  const mean = counts.reduce((sum, [hits]) => sum + hits, 0) / total
  const spread = counts.reduce((sum, [hits, of]) => sum + (hits - mean * of) ** 2, 0)
  return { mean, error: Math.sqrt(spread) / total }
}

const objects =
  (rule: 'own' | 'withType' | 'withRelations' | 'joint', ambiguous = false) =>
  ({ classes }: TinyScene, answer: TinyAnswers): [number, number] => {
    const counted = Array.from(classes.keys()).filter((i) => !ambiguous || classes[i] < 4)
    return [counted.filter((i) => answer[rule][i] === classes[i]).length, counted.length]
  }

const relations =
  (rule: 'ownPredicates' | 'knownClasses') =>
  ({ predicates }: TinyScene, answer: TinyAnswers): [number, number] => {
    const pairs = Array.from(predicates.keys()).filter((pair) => pair % 6 !== 0)
    return [pairs.filter((pair) => answer[rule][pair] === predicates[pair]).length, pairs.length]
  }

describe('the tiny scenes', () => {
  const all = scenes(3000)
  const answers = all.map((scene) => tinyAnswers(scene))

  it.each([
    ['own', objects('own'), 0.758],
    ['own, ambiguous', objects('own', true), 0.661],
    ['with type', objects('withType'), 0.839],
    ['with type, ambiguous', objects('withType', true), 0.777],
    ['with relations', objects('withRelations'), 0.826],
    ['with relations, ambiguous', objects('withRelations', true), 0.755],
    ['joint', objects('joint'), 0.898],
    ['joint, ambiguous', objects('joint', true), 0.856],
    ['own predicates', relations('ownPredicates'), 0.916],
    ['predicates, classes known', relations('knownClasses'), 0.9425],
  ])('have the Bayes accuracy of the theory: %s', (_, right, expected) => {
    const { mean, error } = share(all, answers, right)
    // the reference is rounded to .0005 and has a standard error of .0006
    expect(Math.abs(mean - expected)).toBeLessThan(4 * error + 0.0005 + 4 * 0.0006)
    expect(error).toBeLessThan(0.008)
  })

  it.each([
    [{ innerMargin: 0 }, 0.718, 0.844],
    [{ innerMargin: 1 }, 0.831, 0.95],
    [{ kappa: 0.95 }, 0.762, 0.91],
    [{ relationMargin: 4 }, 0.755, 0.9],
  ])('and with %j', (options, own, joint) => {
    const other = scenes(1000, options)
    const found = other.map((scene) => tinyAnswers(scene, options))
    for (const [rule, expected] of [
      ['own', own],
      ['joint', joint],
    ] as const) {
      const { mean, error } = share(other, found, objects(rule))
      expect(Math.abs(mean - expected)).toBeLessThan(4 * error + 4 * 0.002)
    }
  })

  it('are answered as by brute force over types, classes and predicates', () => {
    const settings = tinySettings('test', {})
    const { classes: C, types } = tinySizes
    const priors = classDistribution(settings)
    const all = Array.from({ length: C }, (_, c) => c)
    // each labeling weighed by itself, as the product of the densities of its objects and pairs
    const weightIn = (scene: TinyScene): ((labels: readonly number[]) => number) => {
      const object = [0, 1, 2, 3, 4].map((i) => {
        const x = scene.objects.data.subarray(i * C, (i + 1) * C)
        return all.map((c) =>
          Math.exp(-meanScores(c, settings).reduce((sum, m, k) => sum + (x[k] - m) ** 2, 0) / 2),
        )
      })
      const pair = Array.from({ length: 25 }, (_, at) => {
        const q = scene.relations.data.subarray(4 * at, 4 * at + 4)
        return all.map((c) =>
          all.map((d) =>
            predicateDistribution(c, d).reduce(
              (sum, p, r) => sum + p * Math.exp(2.5 * (q[r] - 2)),
              0,
            ),
          ),
        )
      })
      return (labels) => {
        let total = 0
        for (let t = 0; t < types; t++)
          total += labels.reduce((product, c) => product * priors[t][c], 1 / types)
        labels.forEach((c, i) => {
          total *= object[i][c]
          labels.forEach((d, j) => {
            if (i !== j) total *= pair[5 * i + j][c][d]
          })
        })
        return total
      }
    }
    for (const scene of scenes(6)) {
      const weight = weightIn(scene)
      const sums = new Float64Array(5 * C)
      for (let code = 0; code < C ** 2 * C ** 2 * C; code++) {
        let rest = code
        const labels = Array.from({ length: 5 }, () => {
          const c = rest % C
          rest = Math.floor(rest / C)
          return c
        })
        const w = weight(labels)
        labels.forEach((c, i) => (sums[i * C + c] += w))
      }
      const { joint, jointProbability } = tinyAnswers(scene)
      joint.forEach((c, i) => {
        const row = Array.from(sums.subarray(i * C, (i + 1) * C))
        expect(c).toBe(row.indexOf(Math.max(...row)))
        const total = row.reduce((sum, w) => sum + w, 0)
        expect(Math.abs(jointProbability[i] - row[c] / total)).toBeLessThan(1e-9)
      })
    }
  })

  it('are right as often as the joint rule expects to be', () => {
    const expected = answers.flatMap(({ jointProbability }) => [...jointProbability])
    const mean = expected.reduce((sum, p) => sum + p, 0) / expected.length
    const { mean: found, error } = share(all, answers, objects('joint'))
    expect(Math.abs(found - mean)).toBeLessThan(4 * error)
    expect(Math.abs(mean - 0.898)).toBeLessThan(0.005)
  })

  it('keep classes, predicates and noise when the margins change', () => {
    const [a] = scenes(1)
    const [b] = scenes(1, { innerMargin: 1 })
    expect([b.classes, b.predicates, b.relations]).toEqual([a.classes, a.predicates, a.relations])
    expect(b.objects.data[a.classes[0]] - a.objects.data[a.classes[0]]).toBeCloseTo(
      a.classes[0] < 4 ? 0.5 : 0,
      12,
    )
  })

  it('have distributions that sum to one, and reject others', () => {
    for (const p of classDistribution(tinySettings('test', {})))
      expect(p.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 14)
    for (const [a, b] of [
      [0, 1],
      [0, 5],
      [4, 6],
    ] as const)
      expect(predicateDistribution(a, b).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 14)
    expect(() => tinyScene(stream(1), { kappa: 2 })).toThrow(/expected kappa in \[0, 1\], got 2/)
    expect(() => tinyScene(stream(1), { pairMargin: -1 })).toThrow(
      /expected pairMargin to be finite/,
    )
  })
})
