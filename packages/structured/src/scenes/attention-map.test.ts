import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { attentionMap, sceneGraphPredictor, type SceneInput } from './index.js'

const n = 5
const H = 8

/** Objects whose first n scores name them; the rest, and the pairs, are noise. */
function scene(): SceneInput {
  const source = stream(3)
  const objects = source.child('objects').normalInto(new Float64Array(n * 7))
  for (let i = 0; i < n; i++) for (let c = 0; c < n; c++) objects[7 * i + c] = Number(c === i)
  return {
    objects: { rows: n, cols: 7, data: objects },
    relations: { rows: n * n, cols: 4, data: source.normalInto(new Float64Array(4 * n * n)) },
  }
}

describe.each(['neighbor', 'feature'] as const)('the map of attention on each %s', (attention) => {
  const sizes = { classes: 7, predicates: 4, hidden: H, attention, steps: 1 }

  it('is what the layer itself uses: a layer that labels each object with its summary shows it', () => {
    const predictor = sceneGraphPredictor(sizes, stream(4))
    // φ is the name of the neighbor, so s_i is the weights; ρ hands it on
    const parts = predictor.layer.parameters()
    const named = Object.fromEntries(
      Object.entries(parts).map(([name, { rows, cols, data }]) => {
        const diagonal = ['phi.zj', 'rho.sk', 'rho.out'].includes(name)
        const keep = name.startsWith('beta.')
        const filled = data.map((x, at) => {
          const [row, col] = [Math.floor(at / cols), at % cols]
          return keep ? 3 * x : Number(diagonal && row === col && row < n)
        })
        return [name, { rows, cols, data: filled }]
      }),
    )
    predictor.layer.setParameters(named)
    const some = scene()
    predictor.predict([some])
    const shown = predictor.layer.labels().nodes
    const map = attentionMap(predictor, some)
    // feature by feature the layer has other weights; entry j of a summary holds those of feature j
    if (attention === 'neighbor')
      map.data.forEach((w, at) =>
        expect(shown[14 * Math.floor(at / n) + (at % n)]).toBeCloseTo(w, 5),
      )
    for (let head = 0; attention === 'feature' && head < n; head++) {
      const one = sceneGraphPredictor({ ...sizes, attention: 'neighbor' })
      const of = (name: string) => {
        const { rows, cols, data } = named[name]
        return {
          rows,
          cols: 1,
          data: Float64Array.from({ length: rows }, (_, row) => data[row * cols + head]),
        }
      }
      one.layer.setParameters({
        ...one.layer.parameters(),
        'beta.zij': of('beta.zij'),
        'beta.zj': of('beta.zj'),
      })
      const alone = attentionMap(one, some)
      for (let i = 0; i < n; i++)
        expect(shown[14 * i + head]).toBeCloseTo(alone.data[i * n + head], 5)
    }
  })

  it('has rows that sum to one and nothing on the diagonal, and moves with the objects', () => {
    const predictor = sceneGraphPredictor({ ...sizes, arithmetic: 'float64' }, stream(5))
    const some = scene()
    const { data } = attentionMap(predictor, some)
    for (let i = 0; i < n; i++) {
      expect(data.subarray(i * n, (i + 1) * n).reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12)
      expect(data[i * n + i]).toBe(0)
    }
    const order = [3, 1, 4, 0, 2]
    const moved = attentionMap(predictor, {
      objects: {
        ...some.objects,
        data: Float64Array.from(
          order.flatMap((i) => [...some.objects.data.subarray(7 * i, 7 * i + 7)]),
        ),
      },
      relations: {
        ...some.relations,
        data: Float64Array.from(
          order.flatMap((i) =>
            order.flatMap((j) => [
              ...some.relations.data.subarray(4 * (i * n + j), 4 * (i * n + j) + 4),
            ]),
          ),
        ),
      },
    })
    order.forEach((i, a) =>
      order.forEach((j, b) => expect(moved.data[a * n + b]).toBeCloseTo(data[i * n + j], 12)),
    )
  })

  it('is zero for an object alone, and empty without any', () => {
    const predictor = sceneGraphPredictor(sizes, stream(5))
    const empty = (count: number): SceneInput => ({
      objects: { rows: count, cols: 7, data: new Float64Array(7 * count) },
      relations: { rows: count, cols: 4, data: new Float64Array(4 * count) },
    })
    expect([...attentionMap(predictor, empty(1)).data]).toEqual([0])
    expect(attentionMap(predictor, empty(0)).data).toHaveLength(0)
  })
})

it('a predictor without attention has no map', () => {
  const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, attention: 'none' }, stream(1))
  expect(() => attentionMap(predictor, scene())).toThrow(
    /attentionMap: predictor must have attention, got one that pools by sum/,
  )
})
