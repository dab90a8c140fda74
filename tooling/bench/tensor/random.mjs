import { stream } from '@nonconvex/tensor'
import { compare } from '../harness.mjs'

const N = 100_000

/**
 * Box and Muller, two at a time, from the generator of the engine: fast, but neither seeded nor the
 * same elsewhere.
 */
function boxMuller(out) {
  for (let i = 0; i < out.length; i += 2) {
    const r = Math.sqrt(-2 * Math.log(1 - Math.random()))
    const t = 2 * Math.PI * Math.random()
    out[i] = r * Math.cos(t)
    out[i + 1] = r * Math.sin(t)
  }
  return out
}

function plainUniform(out) {
  for (let i = 0; i < out.length; i++) out[i] = Math.random()
  return out
}

function singly(out, draw) {
  for (let i = 0; i < out.length; i++) out[i] = draw()
  return out
}

/** Random numbers cannot be equal; mean and variance must be right within 5 standard errors. */
function plausible(label, x, mean, variance, fourth) {
  const average = x.reduce((a, b) => a + b, 0) / x.length
  const spread = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length
  const tolerance = 5 / Math.sqrt(x.length)
  if (Math.abs(average - mean) > tolerance * Math.sqrt(variance))
    throw new Error(`${label}: mean ${average}`)
  if (Math.abs(spread - variance) > tolerance * Math.sqrt(fourth - variance ** 2)) {
    throw new Error(`${label}: variance ${spread}`)
  }
}

const sort = (x) => [...x].sort((a, b) => a - b).join()

/** Normals, uniforms, integers and shuffles. */
export function randomNumbers(tf) {
  const s = stream(4).child('random')
  const out = new Float64Array(N)
  const onTfjs = (make) => tf.tidy(() => make().dataSync())
  const normals = {
    normalInto: () => s.normalInto(out),
    'normal(), one by one': () => singly(out, () => s.normal()),
    'Box–Muller on Math.random': () => boxMuller(out),
    'tfjs randomNormal, float32, read': () => onTfjs(() => tf.randomNormal([N])),
  }
  for (const [label, run] of Object.entries(normals)) plausible(label, run(), 0, 1, 3)
  compare(`normals, ${N} at a time; time of one`, normals, { each: N })

  const uniforms = {
    uniformInto: () => s.uniformInto(out),
    'uniform(), one by one': () => singly(out, () => s.uniform()),
    'Math.random': () => plainUniform(out),
    'tfjs randomUniform, float32, read': () => onTfjs(() => tf.randomUniform([N])),
  }
  for (const [label, run] of Object.entries(uniforms)) plausible(label, run(), 0.5, 1 / 12, 1 / 80)
  compare(`uniforms, ${N} at a time; time of one`, uniforms, { each: N })

  const integers = {
    'integer(1000)': () => singly(out, () => s.integer(1000)),
    'integer(10^12)': () => singly(out, () => s.integer(1e12)),
    'floor(1000 Math.random())': () => singly(out, () => Math.floor(1000 * Math.random())),
  }
  compare(`integers, ${N} at a time; time of one`, integers, { each: N })

  const order = Int32Array.from({ length: 4000 }, (_, i) => i)
  const children = {
    shuffleInto: () => s.shuffleInto(order),
    'Fisher–Yates on Math.random': () => {
      for (let i = order.length - 1; i > 0; i--) {
        const j = Math.floor((i + 1) * Math.random())
        ;[order[i], order[j]] = [order[j], order[i]]
      }
      return order
    },
    'tf.util.shuffle': () => {
      tf.util.shuffle(order)
      return order
    },
  }
  const all = sort(order)
  for (const [label, run] of Object.entries(children)) {
    if (sort(run()) !== all) throw new Error(`${label}: not a permutation`)
  }
  compare('shuffle of 4000; time of one item', children, { each: 4000 })
  compare('a named child and its first normal', {
    "child('restarts', i).normal()": () => s.child('restarts', 17).normal(),
  })
}
