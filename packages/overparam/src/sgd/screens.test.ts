import { stream } from '@nonconvex/tensor'
import { afterEach, expect, it, vi } from 'vitest'
import { separableData } from '../../test/problems.js'
import { sparseRows } from '../data/sparse-rows.js'
import { Arena } from '../network/arena.js'
import { SparseLayer, sparseLayerBytes } from '../network/first-layer.js'
import { byFeature } from '../network/net.js'
import { BlockScreen, blockScreenBytes } from './block-screen.js'
import { EagerScreen, eagerScreenBytes } from './eager-screen.js'
import { outputOf, singles, unitGroups } from './identical-units.js'
import { OffsetScreen, offsetScreenBytes } from './offset-screen.js'
import { Rounding } from './rounding.js'

const screens = [
  ['eager', EagerScreen, eagerScreenBytes],
  ['blocks', BlockScreen, blockScreenBytes],
  ['offset', OffsetScreen, offsetScreenBytes],
] as const

afterEach(() => {
  vi.restoreAllMocks()
})

/**
 * Trains for a while, at random also on clean visits, and asks the screen whether y N is above a
 * line beside its true value.
 */
function ask(
  Screen: (typeof screens)[number][1],
  bytes: (typeof screens)[number][2],
  seed: number,
  line: (margin: number) => number,
): { readonly asked: number; readonly yes: number } {
  const s = stream(seed)
  const [n, d, k] = [50, 12, 1 + s.integer(40)]
  const alpha = [0, 0.1, 0.7, 1][seed % 4]
  const { data } = separableData({ n, d, gamma: 0.02, size: 10 ** (s.integer(5) - 2), seed })
  const weights = s.normalInto(new Float64Array(2 * k * d))
  if (seed % 3 === 0) weights.copyWithin(d, 0, d)
  const net = { k, d, v: 10 ** (s.integer(3) - 1), alpha, weights }
  const groups = seed % 2 ? singles(net) : unitGroups(net)
  const rows = sparseRows(data.x)
  const units = groups.many.length
  const arena = new Arena(sparseLayerBytes(rows, units) + bytes(rows, groups))
  const columns = new Float64Array(units * d)
  const all = byFeature(weights, 2 * k, d)
  for (let f = 0; f < d; f++)
    for (let j = 0; j < 2 * k; j++) columns[f * units + groups.of[j]] = all[f * 2 * k + j]
  const layer = new SparseLayer(rows, columns, units, arena)
  const eta = 0.1 / (net.v ** 2 * k)
  const screen = new Screen(layer.rows, layer, data.y, net, groups, eta, arena)
  let wanted = 0
  vi.spyOn(Rounding.prototype, 'wanted').mockImplementation(() => wanted)
  let yes = 0
  for (let t = 0; t < 1500; t++) {
    const i = s.integer(n)
    layer.activate(i)
    const margin = data.y[i] * outputOf(layer.z, groups, net)
    wanted = line(margin)
    if (screen.clean(i)) yes++
    if (s.uniform() > 0.1) continue
    screen.set(i, layer.z, margin)
    let active = 0
    for (let g = 0; g < units; g++) {
      const on = layer.z[g] > 0
      if (on) active += groups.many[g]
      layer.push[g] = (g < groups.plus ? 1 : -1) * eta * data.y[i] * net.v * (on ? 1 : alpha)
    }
    layer.add(i)
    screen.update(i, layer.push, active, margin)
  }
  return { asked: 1500, yes }
}

it.each(screens)(
  '%s never says more than is true: not a millionth of a millionth above y N',
  (_, Screen, bytes) => {
    for (let seed = 0; seed < 40; seed++)
      expect(
        ask(Screen, bytes, seed, (margin) => margin + 1e-12 * (1 + Math.abs(margin))).yes,
      ).toBe(0)
  },
)

it.each(screens)('%s knows y N to a hundredth of its size most of the time', (_, Screen, bytes) => {
  const answers = Array.from({ length: 20 }, (_, seed) =>
    ask(Screen, bytes, seed, (margin) => margin - 0.01 * (1 + Math.abs(margin))),
  )
  const yes = answers.reduce((sum, answer) => sum + answer.yes, 0)
  expect(yes).toBeGreaterThan(0.6 * 20 * 1500)
})
