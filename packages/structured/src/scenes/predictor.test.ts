import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGPI } from '../check/check-gpi.js'
import { mixedSampler } from '../check/mixed-sampler.js'
import { pairExists } from '../graph/graph.js'
import type { GraphLabelling } from '../graph/graph.js'
import { sceneGraphPredictor } from './predictor.js'
import type { PredictorOptions, SceneGraphPredictor } from './predictor.js'
import type { LabelledScene } from './scene.js'
import { tinyScene } from './tiny.js'
import { trainPredictor } from './train.js'

const sizes = { classes: 7, predicates: 4, hidden: 6 }
const scenes = Array.from({ length: 300 }, (_, t) => tinyScene(stream(1).child('s', t)))

/** A scene of n objects, of nothing but noise. */
function noise(n: number): LabelledScene {
  const source = stream(4).child('noise', n)
  return {
    objects: { rows: n, cols: 7, data: source.normalInto(new Float64Array(7 * n)) },
    relations: { rows: n * n, cols: 4, data: source.normalInto(new Float64Array(4 * n * n)) },
    classes: new Int32Array(n).map(() => source.integer(7)),
    predicates: new Int32Array(n * n).map(() => source.integer(4)),
  }
}

const kinds: readonly PredictorOptions[] = [
  { ...sizes, attention: 'none', steps: 1 },
  { ...sizes, attention: 'none', pool: 'mean', steps: 3 },
  { ...sizes, attention: 'neighbour', readout: 'literal' },
  { ...sizes, attention: 'feature' },
]

describe.each(kinds.map((kind) => [kind] as const))('the predictor %j', (kind) => {
  it('has the gradients of central differences, through all its steps', () => {
    const predictor = sceneGraphPredictor({ ...kind, arithmetic: 'float64' }, stream(2))
    const some = [scenes[0], noise(3), noise(1), noise(0)]
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
    const F: GraphLabelling = (graph) => {
      const { objects, relations } = predictor.predict([
        { objects: graph.nodes, relations: graph.edges },
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
    const some = [noise(3), noise(0), scenes[0], noise(1)]
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

describe('training', () => {
  const options = { train: scenes, valid: scenes.slice(0, 50), batch: 10, steps: 40, every: 10 }
  const trained = (
    change: object = {},
  ): [SceneGraphPredictor, ReturnType<typeof trainPredictor>] => {
    const predictor = sceneGraphPredictor({ ...sizes, attention: 'none' }, stream(2))
    return [predictor, trainPredictor(predictor, { ...options, source: stream(3), ...change })]
  }

  it('goes on from any checkpoint with the same bytes', () => {
    const [whole, { checkpoint }] = trained()
    const seen: (typeof checkpoint)[] = []
    trained({ steps: 20, progress: (at: typeof checkpoint) => seen.push(at) })
    expect(seen).toHaveLength(2)
    const [resumed, again] = trained({ resume: seen[0], source: stream(99) })
    expect(again.checkpoint).toEqual(checkpoint)
    expect(resumed.state().parameters).toEqual(whole.state().parameters)
  })

  it('stops without improvement, when told to, and leaves the best parameters', () => {
    const [, late] = trained({ rate: 3, steps: 400, patience: 2 })
    expect(late.status).toBe('no-improvement')
    expect(late.checkpoint.waited).toBe(2)
    const [predictor, aborted] = trained({ signal: AbortSignal.abort() })
    expect(aborted).toMatchObject({ status: 'aborted', checkpoint: { step: 0 } })
    expect(predictor.state().parameters).toEqual(aborted.checkpoint.best.state.parameters)
  })

  it('refuses nothing to learn from, and scenes of other sizes', () => {
    expect(() => trained({ train: [] })).toThrow(/train scenes must be an integer ≥ 1, got 0/)
    const other = sceneGraphPredictor({ classes: 3, predicates: 4 }, stream(1))
    expect(() => other.predict(scenes)).toThrow(ShapeError)
    expect(() => sceneGraphPredictor({ ...sizes, steps: 0 })).toThrow(/steps must be an integer/)
  })
})
