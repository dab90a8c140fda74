import { checkNonNegative, checkProbability } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'
import type { LabeledScene } from './scene.js'

/** Objects of a scene, classes, predicates with none, kinds of scene. */
export const tinySizes = { objects: 5, classes: 7, predicates: 4, types: 3 } as const

/** Margins of the detector between classes and predicates. */
export interface TinyOptions {
  /** κ, probability of the favored member of a confusable pair; default 0.9 */
  readonly kappa?: number
  /** margin between pairs of classes and unambiguous classes; default 4 */
  readonly pairMargin?: number
  /** margin between the members of a pair; default 0.5 */
  readonly innerMargin?: number
  /** margin between predicates; default 2.5 */
  readonly relationMargin?: number
}

/** A scene with its kind. */
export interface TinyScene extends LabeledScene {
  readonly type: number
}

export type TinySettings = Required<TinyOptions>

/**
 * The options with their defaults. Throws RangeError for κ outside [0, 1] or a negative or
 * non-finite margin.
 */
export function tinySettings(fn: string, options: TinyOptions): TinySettings {
  const settings = { kappa: 0.9, pairMargin: 4, innerMargin: 0.5, relationMargin: 2.5, ...options }
  checkProbability(fn, 'kappa', settings.kappa)
  for (const name of ['pairMargin', 'innerMargin', 'relationMargin'] as const)
    checkNonNegative(fn, name, settings[name])
  return settings
}

/** The favored members of the two confusable pairs (0, 1) and (2, 3), for each kind of scene. */
const favored = [
  [0, 2],
  [1, 2],
  [1, 3],
]

/** P(class | type), [types][classes]. */
export function classDistribution({ kappa }: TinySettings): number[][] {
  return favored.map((members, type) =>
    Array.from({ length: tinySizes.classes }, (_, c) => {
      if (c < 4) return 0.35 * (members.includes(c) ? kappa : 1 - kappa)
      return 0.3 * (c === 4 + type ? 0.8 : 0.1)
    }),
  )
}

/** P(predicate | classes of the two objects). */
export function predicateDistribution(a: number, b: number): number[] {
  const [clearA, clearB] = [a >= 4, b >= 4]
  const none = clearA && clearB ? 0.8 : clearA || clearB ? 0.6 : 0.3
  const main = clearA || clearB ? 3 : a % 2 === b % 2 ? 1 : 2
  return [0, 1, 2, 3].map((r) => (r === 0 ? none : (1 - none) * ((r === main ? 0.8 : 0) + 0.2 / 3)))
}

/** Mean scores of an object of class c. */
export function meanScores(c: number, { pairMargin, innerMargin }: TinySettings): number[] {
  return Array.from({ length: tinySizes.classes }, (_, k) => {
    if (c >= 4) return k === c ? pairMargin : 0
    const samePair = k < 4 && Math.floor(k / 2) === Math.floor(c / 2)
    return (samePair ? pairMargin / 2 : 0) + (k === c ? innerMargin : 0)
  })
}

/**
 * A synthetic scene of five objects in which context provably helps: an object's class depends on
 * the kind of the scene, predicates on the classes of both ends, and the detector confuses the
 * members of two pairs of classes.
 *
 *     t uniform on 3;  c_i ~ P(c | t);  r_ij ~ P(r | c_i, c_j);  x_i ~ N(μ(c_i), I),  q_ij ~ N(s e_r, I)
 *
 * @param source - parts use child streams, so that other margins keep classes, predicates and noise
 * @throws RangeError for options out of their range
 * Cost: 140 normals. Source: ours.
 *
 * @example
 * import { tinyScene } from '@nonconvex/structured/scenes'
 * import { stream } from '@nonconvex/tensor'
 * const { classes, objects } = tinyScene(stream(1))
 * console.log(classes.length, objects.rows, objects.cols) // → 5 5 7
 */
export function tinyScene(source: Stream, options: TinyOptions = {}): TinyScene {
  const settings = tinySettings('tinyScene', options)
  const { objects: n, classes: C, predicates: R, types } = tinySizes
  const type = source.child('type').integer(types)
  const draws = source.child('classes')
  const classes = new Int32Array(n).map(() => pick(draws, classDistribution(settings)[type]))
  const pairs = source.child('predicates')
  const predicates = new Int32Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      predicates[i * n + j] =
        i === j ? 0 : pick(pairs, predicateDistribution(classes[i], classes[j]))
  const x = source.child('objects').normalInto(new Float64Array(n * C))
  const q = source.child('relations').normalInto(new Float64Array(n * n * R))
  classes.forEach((c, i) => {
    meanScores(c, settings).forEach((mean, k) => (x[i * C + k] += mean))
  })
  predicates.forEach((r, pair) => (q[pair * R + r] += settings.relationMargin))
  return {
    type,
    classes,
    predicates,
    objects: { rows: n, cols: C, data: x },
    relations: { rows: n * n, cols: R, data: q },
  }
}

function pick(source: Stream, settings: readonly number[]): number {
  let u = source.uniform()
  const at = settings.findIndex((p) => (u -= p) < 0)
  return at < 0 ? settings.length - 1 : at
}
