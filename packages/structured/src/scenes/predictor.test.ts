import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGPI } from '../invariance/check-gpi.js'
import { mixedSampler } from '../invariance/mixed-sampler.js'
import { pairExists, type GraphLabeling } from '../graph/graph.js'
import { boxFeatureCounts, boxFeatures } from './box-features.js'
import { PerObjectPredictor } from './per-object.js'
import { sceneGraphPredictor, type PredictorOptions } from './predictor.js'
import type { LabeledScene, SceneInput } from './scene.js'
import type { SceneLoss } from './scene-batch.js'
import { tinyScene } from './tiny.js'

const sizes = { classes: 7, predicates: 4, hidden: 6 }
const scenes = Array.from({ length: 300 }, (_, t) => tinyScene(stream(1).child('s', t)))

/** A scene of n objects, of nothing but noise. */
function noise(n: number): LabeledScene {
  const source = stream(4).child('noise', n)
  return {
    objects: { rows: n, cols: 7, data: source.normalInto(new Float64Array(7 * n)) },
    relations: { rows: n * n, cols: 4, data: source.normalInto(new Float64Array(4 * n * n)) },
    classes: new Int32Array(n).map(() => source.integer(7)),
    predicates: new Int32Array(n * n).map(() => source.integer(4)),
  }
}

const boxed = { ...sizes, nodeFeatures: boxFeatureCounts.node, pairFeatures: boxFeatureCounts.pair }
const vectors = (rows: number) => ({
  rows,
  cols: 2,
  data: stream(8)
    .child('vectors', rows)
    .normalInto(new Float64Array(2 * rows)),
})
const kinds: readonly PredictorOptions[] = [
  { ...sizes, attention: 'none', steps: 1 },
  { ...sizes, attention: 'none', pool: 'mean', steps: 3 },
  { ...sizes, attention: 'neighbor', readout: 'literal' },
  { ...sizes, attention: 'feature' },
  { ...boxed, attention: 'none', embed: 'learned' },
  { ...boxed, attention: 'neighbor', embed: { classes: vectors(7), predicates: vectors(4) } },
  { ...boxed, attention: 'feature', embed: 'learned' },
  { ...boxed, published: true, embed: { classes: vectors(7), predicates: vectors(4) } },
  { ...sizes, published: true, attention: 'none', pool: 'mean', steps: 1 },
]

/**
 * A scene as a kind of predictor wants it: with the features of boxes, whose corners are the first
 * scores of each object.
 */
function asked({ nodeFeatures }: PredictorOptions, scene: SceneInput): SceneInput {
  if (nodeFeatures === undefined) return scene
  const { objects } = scene
  const boxes = Array.from({ length: objects.rows }, (_, i) => {
    const [a, b, c, d] = objects.data.subarray(7 * i, 7 * i + 4)
    return [a, b, a + Math.max(0, c), b + Math.max(0, d)] as const
  })
  const confidence = boxes.map((_, i) => objects.data[7 * i + 4])
  return { ...scene, ...boxFeatures({ width: 2, height: 3, boxes }, confidence) }
}

describe.each(kinds.map((kind) => [kind] as const))('the predictor %j', (kind) => {
  it('has the gradients of central differences, through all its steps', () => {
    const predictor = sceneGraphPredictor({ ...kind, arithmetic: 'float64' }, stream(2))
    const some = [scenes[0], noise(3), noise(1), noise(0)].map((scene) => ({
      ...scene,
      ...asked(kind, scene),
    }))
    predictor.accumulate(some)
    const gradients = predictor.layer.gradients()
    const parameters = predictor.layer.parameters()
    const value = (): number => {
      predictor.layer.setParameters(parameters)
      return predictor.accumulate(some)
    }
    const h = 1e-6
    for (const [name, { data }] of Object.entries(parameters))
      for (const at of stream(5).child(name).sample(data.length, Math.min(3, data.length))) {
        const old = data[at]
        data[at] = old + h
        const up = value()
        data[at] = old - h
        const down = value()
        data[at] = old
        expect(Math.abs((up - down) / (2 * h) - gradients[name].data[at]), name).toBeLessThan(1e-6)
      }
  })

  it('passes the checker, for objects and relations', () => {
    const predictor = sceneGraphPredictor(kind, stream(2))
    const F: GraphLabeling = (graph) => {
      const { objects, relations } = predictor.predict([
        asked(kind, { objects: graph.nodes, relations: graph.edges }),
      ])
      const n = graph.nodes.rows
      const edges = new Float64Array(n * n * 4)
      let p = 0
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          if (pairExists(graph, i, j))
            edges.set(relations.subarray(4 * p, 4 * ++p), 4 * (i * n + j))
      return {
        nodes: { rows: n, cols: 7, data: objects },
        edges: { rows: n * n, cols: 4, data: edges },
      }
    }
    const mixed = mixedSampler(7, 4)
    const report = checkGPI(F, {
      sampler: (source, n, trial) => {
        const { nodes, edges } = mixed(source, n, trial)
        return { nodes, edges }
      },
      tol: 1e-4,
      trials: 20,
    })
    expect(report).toMatchObject({ ok: true, trials: 100 })
  })

  it('gives log-probabilities, the same for a scene alone and among others', () => {
    const predictor = sceneGraphPredictor(kind, stream(2))
    const some = [noise(3), noise(0), scenes[0], noise(1)].map((scene) => asked(kind, scene))
    const all = predictor.predict(some)
    const alone = some.map((scene) => predictor.predict([scene]))
    expect(alone.flatMap(({ objects }) => [...objects])).toEqual([...all.objects])
    expect(alone.flatMap(({ relations }) => [...relations])).toEqual([...all.relations])
    for (let i = 0; i < 9; i++) {
      const row = all.objects.subarray(7 * i, 7 * i + 7)
      expect(row.reduce((sum, x) => sum + Math.exp(x), 0)).toBeCloseTo(1, 12)
    }
  })
})

it('has the shapes that were published, but for what cancels in the softmax', () => {
  const words = (rows: number) => ({ rows, cols: 300, data: new Float64Array(300 * rows) })
  const embed = { classes: words(150), predicates: words(51) }
  const options = { classes: 150, predicates: 51, nodeFeatures: 14, embed, published: true }
  const { layer } = sceneGraphPredictor(options)
  expect(layer.sizes).toMatchObject({ nodeFeatures: 464, edgeFeatures: 351, hidden: 500 })
  // inputs and outputs of each map, and its bias; of the scores of φ neither z_i nor the bias, of
  // those of α not the bias
  const affine = (from: number, to: number): number => (from + 1) * to
  const deep = (from: number, to: number): number =>
    affine(from, 500) + 2 * affine(500, 500) + affine(500, to)
  const phi = affine(1279, 500) + (464 + 351) * 500
  const alpha = affine(964, 500) + 964 * 500
  const relations = deep(1779, 51) + affine(1779, 1)
  const entities = deep(1464, 150) + affine(1464, 150)
  const count = Object.values(layer.parameters()).reduce((sum, { data }) => sum + data.length, 0)
  expect(count).toBe(phi + alpha + relations + entities)
  expect(count + 464 * 500 + 2 * 500).toBe(5_191_731)
})

describe('the predictor without context', () => {
  const kind = { ...boxed, embed: 'learned' } as const
  const some = [scenes[0], noise(3), noise(1), noise(0)].map((scene) => ({
    ...scene,
    ...asked(kind, scene),
  }))

  it('has the gradients of central differences', () => {
    const predictor = new PerObjectPredictor({ ...kind, arithmetic: 'float64' })
    predictor.initialize(stream(2))
    const { parameters, optimizer } = predictor.state()
    // a step of Adam from rest leaves a tenth of the gradient as its first moment
    predictor.accumulate(some)
    predictor.update({ rate: 0 })
    const { first } = predictor.state().optimizer
    const h = 1e-6
    for (const [name, { data }] of Object.entries(parameters))
      for (const at of stream(5).child(name).sample(data.length, Math.min(3, data.length))) {
        const old = data[at]
        const value = (x: number): number => {
          data[at] = x
          predictor.restore({ parameters, optimizer })
          return predictor.accumulate(some)
        }
        const difference = (value(old + h) - value(old - h)) / (2 * h)
        data[at] = old
        expect(Math.abs(difference - 10 * first[name].data[at]), name).toBeLessThan(1e-6)
      }
  })

  it('answers for each object and pair what it answers for it alone', () => {
    const predictor = new PerObjectPredictor(kind)
    predictor.initialize(stream(2))
    const [scene] = some
    const whole = predictor.predict([scene])
    const other = { ...scene, objects: { ...scene.objects, data: scene.objects.data.slice() } }
    other.objects.data.fill(3, 7)
    expect(predictor.predict([other]).objects.subarray(0, 7)).toEqual(whole.objects.subarray(0, 7))
    expect(predictor.predict([other]).objects).not.toEqual(whole.objects)
    expect(predictor.predict([other]).relations).toEqual(whole.relations)
  })
})

describe.each([
  ['SceneGraphPredictor', () => sceneGraphPredictor(sizes, stream(2))],
  ['PerObjectPredictor', () => new PerObjectPredictor(sizes)],
] as const)('%s.accumulate refuses', (name, make) => {
  const predictor = make()
  const good = noise(3)
  const classes = (...all: number[]) => ({ ...good, classes: Int32Array.from(all) })
  const predicates = (place: number, r: number) => ({
    ...good,
    predicates: good.predicates.map((old, at) => (at === place ? r : old)),
  })

  it.each([
    [classes(0, 7, 1), 'scenes[1].classes[1] must be an integer from 0 to 6, got 7'],
    [classes(-1, 0, 1), 'scenes[1].classes[0] must be an integer from 0 to 6, got -1'],
    [classes(0, 1), 'scenes[1].classes must have length 3, got 2'],
    [predicates(1, 4), 'scenes[1].predicates[1] must be an integer from 0 to 3, got 4'],
    [predicates(5, -1), 'scenes[1].predicates[5] must be an integer from 0 to 3, got -1'],
    [{ ...good, predicates: new Int32Array(8) }, 'scenes[1].predicates must have length 9, got 8'],
  ])('wrong truth %#', (wrong, message) => {
    expect(() => predictor.accumulate([good, wrong])).toThrow(`${name}.accumulate: ${message}`)
  })

  it('scores that are too large for single precision, by scene', () => {
    const large = { ...good, objects: { ...good.objects, data: good.objects.data.slice() } }
    large.objects.data[20] = -3e10
    expect(() => predictor.predict([good, large])).toThrow(
      'SceneGraphPredictor: scenes[1].objects must have scores from −1e9 to 1e9, got -30000000000',
    )
  })

  it('weights that are negative or not finite, not what stands on the diagonal', () => {
    for (const loss of [{ objects: NaN }, { objects: -1 }, { none: -0.1 }, { none: Infinity }])
      expect(() => predictor.accumulate([good], loss)).toThrow(
        new RegExp(
          `^${name}.accumulate: expected loss.${Object.keys(loss)[0]} to be finite and ≥ 0, got ${Object.values(loss)[0]}$`,
        ),
      )
    expect(() =>
      predictor.accumulate([good], { objects: 'balanced' as unknown as number }),
    ).toThrow(`${name}.accumulate: expected loss.objects to be finite and ≥ 0, got balanced`)
    expect(() => predictor.accumulate([good], { reduction: 'max' as 'sum' })).toThrow(
      `${name}.accumulate: loss.reduction must be one of mean, sum, got max`,
    )
    expect(predictor.accumulate([predicates(4, 99)])).toBe(predictor.accumulate([good]))
  })
})

it('an attention that was saved in its earlier spelling is the same', () => {
  const { layer } = sceneGraphPredictor({ ...sizes, attention: 'neighbour' })
  expect(layer.sizes).toEqual(sceneGraphPredictor({ ...sizes, attention: 'neighbor' }).layer.sizes)
  expect(layer.sizes.pool).toBe('neighbor')
})

it('a predictor refuses kinds that there are not', () => {
  for (const [name, known] of [
    ['attention', 'feature, neighbor, none'],
    ['pool', 'sum, mean'],
    ['readout', 'local, literal'],
  ])
    expect(() => sceneGraphPredictor({ ...sizes, [name]: 'foo' })).toThrow(
      `sceneGraphPredictor: ${name} must be one of ${known}, got foo`,
    )
})

it('a predictor refuses scenes and word vectors of other sizes', () => {
  const other = sceneGraphPredictor({ classes: 3, predicates: 4 }, stream(1))
  expect(() => other.predict(scenes)).toThrow(ShapeError)
  expect(() => sceneGraphPredictor({ ...sizes, steps: 0 })).toThrow(
    /expected steps to be an integer/,
  )
  expect(() => sceneGraphPredictor(boxed).predict(scenes)).toThrow(
    'expected 13 extra features per object and 6 per pair, got 0 and 0',
  )
  expect(() => sceneGraphPredictor({ ...sizes, nodeFeatures: -1 })).toThrow(
    /expected nodeFeatures to be an integer ≥ 0, got -1/,
  )
  const embed = { classes: vectors(6), predicates: vectors(4) }
  expect(() => sceneGraphPredictor({ ...sizes, embed })).toThrow(
    /vectors of nodes must be 7, one for each label, got 6/,
  )
  embed.classes = { ...vectors(7), data: new Float64Array(14).fill(NaN) }
  expect(() => sceneGraphPredictor({ ...sizes, embed })).toThrow(/must be finite, got NaN/)
})

it('the loss is a mean over the scenes of a step, or, as published, a sum', () => {
  const predictor = sceneGraphPredictor(sizes, stream(2))
  const loss = (count: number, options: SceneLoss): number =>
    predictor.accumulate(new Array<LabeledScene>(count).fill(noise(3)), options)
  expect(loss(3, {})).toBeCloseTo(loss(1, {}), 5)
  expect(loss(3, { reduction: 'sum' })).toBeCloseTo(3 * loss(1, { reduction: 'sum' }), 5)
  // three objects with weight 4 each; six pairs, all weighing as they do in the mean
  const objects = (reduction: 'mean' | 'sum'): number =>
    loss(1, { reduction, none: 1 }) - loss(1, { reduction, none: 1, objects: 0 })
  expect(objects('sum')).toBeCloseTo(3 * objects('mean'), 5)
  const pairs = (reduction: 'mean' | 'sum'): number => loss(1, { reduction, none: 1, objects: 0 })
  expect(pairs('sum')).toBeCloseTo(6 * pairs('mean'), 5)
})
