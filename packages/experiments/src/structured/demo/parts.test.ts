import { stream } from '@nonconvex/tensor'
import { SceneGraphPredictor, sceneGraphPredictor } from '@nonconvex/structured/scenes'
import { demoVocabulary } from '@nonconvex/structured/demo'
import { describe, expect, it } from 'vitest'
import { informativeness, mostInformative } from './attention.js'
import { exampleOf, type Example } from './example.js'
import { pairedRatioDifference, pairedDifference } from '@nonconvex/optim/statistics'
import { singleRule } from './rule.js'
import { sceneFigure } from './scene-figure.js'
import { C, exchanged, namedScenes, R, withClasses, withoutRelations } from './scenes.js'
import { answersOf, hitsOf, rightOf, type Answers } from './score.js'

const params = { train: 1, test: 1, steps: 1, hidden: 1, seeds: 1, inner: 0.5, relation: 3 }
const scenes = namedScenes(stream(1), 400, params)
const sum = (x: readonly number[]): number => x.reduce((total, each) => total + each, 0)

describe('the best rule on single objects', () => {
  const rule = singleRule(scenes)

  it('is a distribution for each object and, with annotation probabilities, for each pair', () => {
    const { objects, relations } = rule(scenes.slice(0, 20))
    for (let row = 0; row < objects.length; row += C)
      expect(sum([...objects.subarray(row, row + C)].map(Math.exp))).toBeCloseTo(1, 12)
    for (let row = 0; row < relations.length; row += R) {
      const total = sum([...relations.subarray(row + 1, row + R)].map(Math.exp))
      expect(total).toBeLessThanOrEqual(0.7)
      expect(Math.exp(relations[row]) + total / 0.7).toBeCloseTo(1, 12)
    }
  })

  it('is right as often as it expects: the posterior is exact', () => {
    const fresh = namedScenes(stream(2), 400, params)
    const { objects } = rule(fresh)
    const { classes, scores } = answersOf(rule(fresh))
    const truth = fresh.flatMap((scene) => [...scene.classes])
    const right = truth.map((c, i) => Number(classes[i] === c))
    expect(objects.length).toBe(truth.length * C)
    const differences = pairedDifference(right, [...scores])
    expect(Math.abs(differences.mean)).toBeLessThan(4 * differences.error)
  })
})

describe('what is taken away', () => {
  it('exchanges whole rows of scores and loses none', () => {
    const { scenes: mixed, placeOf } = exchanged(scenes, stream(3))
    const rows = (all: readonly { objects: { rows: number; data: Float64Array } }[]) =>
      all.flatMap(({ objects }) =>
        Array.from({ length: objects.rows }, (_, i) => [
          ...objects.data.subarray(i * C, i * C + C),
        ]),
      )
    const [before, after] = [rows(scenes), rows(mixed)]
    before.forEach((row, i) => expect(after[placeOf[i]]).toEqual(row))
    expect([...placeOf].sort((a, b) => a - b)).toEqual(before.map((_, i) => i))
    mixed.forEach(({ relations }, b) => expect(relations).toBe(scenes[b].relations))
  })

  it('leaves nothing said of pairs, or gives the classes', () => {
    const [scene] = scenes
    expect(withoutRelations(scene).relations.data.every((x) => x === 0)).toBe(true)
    const known = answersOf(singleRule(scenes)([withClasses(scene)]))
    expect([...known.classes]).toEqual([...scene.classes])
  })
})

/** Answers that are the truth. */
function trueAnswers(some: typeof scenes): Answers {
  const classes = Int32Array.from(some.flatMap((scene) => [...scene.classes]))
  return {
    classes,
    scores: new Float64Array(classes.length).fill(1),
    predicates: Float64Array.from(
      some.flatMap(({ classes: { length: n }, predicates }) =>
        [...predicates].flatMap((p, pair) =>
          pair % (n + 1) === 0 ? [] : Array.from({ length: R }, (_, r) => Number(r === p)),
        ),
      ),
    ),
  }
}

describe('the scene that is drawn', () => {
  const predictor = sceneGraphPredictor({
    classes: C,
    predicates: R,
    hidden: 2,
    steps: 1,
    attention: 'feature',
  })
  predictor.initialize(stream(5))
  const drawn = (answers: Answers): Example => {
    const example = exampleOf(predictor, scenes, answers)
    if (!example) throw new Error('no scene of a readable size')
    return example
  }
  const truth = trueAnswers(scenes)
  const whole = drawn(truth)

  it('has as many relations as are true, all right of the truth', () => {
    expect(predictor).toBeInstanceOf(SceneGraphPredictor)
    const { scene } = scenes[scenes.findIndex(({ scene }) => String(scene.id) === whole.id)]
    expect([...whole.relations].sort()).toEqual(scene.relations.map((row) => [...row]).sort())
    expect(whole.are).toEqual(whole.relations.map(() => 'right'))
    expect(whole.missed).toEqual([])
    expect(sceneFigure(whole).caption).toContain('No annotated relation is missed')
  })

  it('marks as wrong a relation of a wrong class, and tells which is missed', () => {
    const found = scenes.findIndex(({ scene }) => String(scene.id) === whole.id)
    const first = sum(scenes.slice(0, found).map(({ classes }) => classes.length))
    const [[subject]] = whole.relations
    const classes = truth.classes.slice()
    classes[first + subject] = (classes[first + subject] % (C - 1)) + 1
    const { are, missed, relations, ...example } = drawn({ ...truth, classes })
    expect(relations).toEqual(whole.relations)
    const hits = relations.map(([s, o]) => s !== subject && o !== subject)
    expect(are).toEqual(hits.map((hit) => (hit ? 'right' : 'wrong')))
    expect(missed.length).toBe(hits.filter((hit) => !hit).length)
    expect(missed).toContainEqual(whole.relations[0])
    const { caption, panels } = sceneFigure({ ...example, are, missed, relations })
    expect(caption).toContain('Missed: ')
    // a wrong one is told apart by line and dot, too
    const [{ frames, marks }] = panels
    const starts = (frames['wrong']['x'] as number[]).filter((_, i) => i % 2 === 0)
    const middleOf = ([x1, , x2]: readonly number[]): number => (x1 + x2) / 2
    expect(starts).toEqual(
      relations.filter((_, i) => !hits[i]).map(([s]) => middleOf(whole.boxes[s])),
    )
    expect(marks).toContainEqual(
      expect.objectContaining({ mark: 'line', frame: 'wrong', dash: true }),
    )
    expect(marks).toContainEqual(expect.objectContaining({ frame: 'wrong: object', filled: false }))
    expect(marks).toContainEqual(
      expect.objectContaining({ mark: 'line', frame: 'right', dash: false }),
    )
  })

  it('does not call wrong what is true and was left out', () => {
    const found = scenes.findIndex(({ scene }) => String(scene.id) === whole.id)
    const { scene, classes } = scenes[found]
    const n = classes.length
    const all = Array.from({ length: n * n }, (_, at) => [Math.floor(at / n), at % n] as const)
    const joined = [...scene.actual, ...scene.relations]
    const free = all.find(([a, b]) => a !== b && !joined.some(([s, o]) => s === a && o === b))
    if (!free) throw new Error('no pair without a relation')
    const before = scenes.slice(0, found).map(({ classes: { length } }) => length * (length - 1))
    const rowOf = (s: number, o: number): number =>
      (sum(before) + s * (n - 1) + (o > s ? o - 1 : o)) * R
    // the first annotated relation is taken for none, and a free pair for the first predicate
    const [[s, o]] = whole.relations
    const predicates = truth.predicates.slice()
    predicates.fill(0, rowOf(s, o), rowOf(s, o) + R)
    predicates.fill(0, rowOf(...free), rowOf(...free) + R)[rowOf(...free) + 1] = 1
    const answers = { ...truth, predicates }
    const one = [...free, 1]
    const { relations, are, missed } = drawn(answers)
    expect(relations).toContainEqual(one)
    expect(are.filter((is) => is !== 'right')).toEqual(['wrong'])
    expect(missed).toEqual([whole.relations[0]])
    const actual = [...scene.actual, [...free, 1] as const]
    const others = scenes.map((each, i) =>
      i === found ? { ...each, scene: { ...scene, actual } } : each,
    )
    const known = exampleOf(predictor, others, answers)
    expect(known?.are.filter((is) => is !== 'right')).toEqual(['left out'])
    expect(known && sceneFigure(known).panels[0].frames['left out']['x']).toHaveLength(2)
  })

  it('has relations also where none is the likeliest of every pair', () => {
    const predicates = truth.predicates.map((p, at) => (at % R === 0 ? 0.9 + 0.1 * p : 0.1 * p))
    expect(drawn({ ...truth, predicates }).relations.length).toBe(whole.relations.length)
  })
})

describe('the score', () => {
  it('of the truth is all there is, up to twenty', () => {
    const some = scenes.slice(0, 50)
    const truth = trueAnswers(some)
    const relations = some.map(({ scene }) => scene.relations.length)
    expect(hitsOf(truth, some, false)).toEqual(relations.map((n) => Math.min(20, n)))
    expect(hitsOf(truth, some, true)).toEqual(hitsOf(truth, some, false))
    const wrong = { ...truth, classes: truth.classes.map((c) => (c % (C - 1)) + 1) }
    expect(sum(hitsOf(wrong, some, false))).toBe(0)
    expect(sum(rightOf(wrong.classes, some))).toBe(0)
    expect(rightOf(truth.classes, some)).toEqual(
      some.map(({ classes }) => [...classes].filter((c) => c <= 20).length),
    )
  })

  it('compares shares with the error that many samples of scenes have', () => {
    const source = stream(4)
    const trial = () => {
      const of = Array.from({ length: 60 }, () => 1 + source.integer(6))
      const draw = (p: number) =>
        of.map((n) => Array.from({ length: n }, () => source.uniform()).filter((u) => u < p).length)
      return pairedRatioDifference(draw(0.7), draw(0.5), of)
    }
    const found = Array.from({ length: 400 }, trial)
    const mean = sum(found.map((d) => d.mean)) / 400
    const spread = Math.sqrt(sum(found.map((d) => (d.mean - mean) ** 2)) / 399)
    const said = sum(found.map((d) => d.error)) / 400
    expect(Math.abs(mean - 0.2)).toBeLessThan((4 * spread) / 20)
    // a standard deviation from 400 has a relative error of 1/√800
    expect(Math.abs(said / spread - 1)).toBeLessThan(4 / Math.sqrt(800) + 0.02)
  })
})

it('the most informative neighbor of a surfboard occurs on beaches only', () => {
  const information = informativeness(scenes)
  const named = (name: string): number => demoVocabulary.classes.indexOf(name)
  const [surfboard, man, wave, car] = ['surfboard', 'man', 'wave', 'car'].map(named)
  expect(information(surfboard, wave)).toBeGreaterThan(information(surfboard, man))
  expect(information(surfboard, car)).toBeGreaterThan(information(surfboard, man))
  // both classes of a confusable pair are equally informative
  expect(information(surfboard, named('bird'))).toBe(information(surfboard, named('kite')))
  expect(mostInformative(Int32Array.of(man, surfboard, wave), 1, information)).toBe(2)
  expect(mostInformative(Int32Array.of(surfboard, man), 0, information)).toBe(1)
})
