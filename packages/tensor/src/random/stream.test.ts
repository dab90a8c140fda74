import { expect, it, vi } from 'vitest'
import { openStream } from './philox-stream.js'
import { restoreStream, stream, type Stream } from '../index.js'
import { plainSource } from './source.js'

const first = (s: Stream, n = 8) => [...s.normalInto(new Float64Array(n))]

it('gives a child the same numbers whatever was drawn before, here or elsewhere', () => {
  const fresh = first(stream(1).child('restarts', 17))
  const parent = stream(1)
  parent.normalInto(new Float64Array(1001))
  parent.child('restarts', 16).uniform()
  expect(first(parent.child('restarts', 17))).toEqual(fresh)
})

it('makes child(name, index) and child(name).child(index as text) one stream of one name', () => {
  const a = stream(1).child('restarts', 17)
  const b = stream(1).child('restarts').child('17')
  expect(a.name).toBe('1/restarts/17')
  expect(b.name).toBe(a.name)
  expect(first(b)).toEqual(first(a))
})

it('keeps apart paths that would read alike', () => {
  const root = stream(1)
  const alike = [
    root.child('a/b'),
    root.child('a').child('b'),
    root.child('a%2Fb'),
    root.child('a', 1),
    root.child('a1'),
    root.child('ab'),
    root.child('a').child('b '),
    root.child('a\0'),
    root.child('\0a'),
    root.child('a'),
    stream(2).child('a'),
    stream(1 + 2 ** 32).child('a'),
    root,
  ]
  expect(new Set(alike.map((s) => s.name)).size).toBe(alike.length)
  expect(new Set(alike.map((s) => first(s, 1)[0])).size).toBe(alike.length)
  expect(root.child('a/b').name).toBe('1/a%2Fb')
})

it('gives 20,000 children different beginnings', () => {
  const s = stream(3)
  const seen = new Set(Array.from({ length: 20_000 }, (_, i) => s.child('x', i).uniform()))
  expect(seen.size).toBe(20_000)
})

it('has children uncorrelated with each other and their parent', () => {
  const n = 20_000
  const s = stream(0)
  const all = [s, s.child('a'), s.child('a', 0), s.child('a', 1), stream(1)].map((x) => first(x, n))
  for (let i = 0; i < all.length; i++) {
    for (let j = 0; j < i; j++) {
      const sum = all[i].reduce((t, x, k) => t + x * all[j][k], 0)
      expect(Math.abs(sum)).toBeLessThan(4 * Math.sqrt(n))
    }
  }
})

it('saves plain JSON and continues with the same numbers after it', () => {
  const s = stream(2 ** 53 - 1).child('50 %/day', 3)
  first(s, 777)
  const saved = JSON.parse(JSON.stringify(s.save())) as ReturnType<Stream['save']>
  expect(saved).toEqual({ name: '9007199254740991/50 %25%2Fday/3', position: 777 })
  const t = restoreStream(saved)
  expect([t.uniform(), t.integer(10), ...first(t, 33), ...t.permutation(9)]).toEqual([
    s.uniform(),
    s.integer(10),
    ...first(s, 33),
    ...s.permutation(9),
  ])
  expect(t.save()).toEqual(s.save())
})

it('refuses states that no stream saved', () => {
  for (const name of ['', 'x', '1.5', '-1', '01', '1/', '1//a', '1/%', '1/%2f', '1e3', ' 1']) {
    expect(() => restoreStream({ name, position: 0 }), name).toThrow(/^restoreStream: /)
  }
  for (const position of [-1, 0.5, NaN, 2 ** 53]) {
    expect(() => restoreStream({ name: '1', position })).toThrow(/position to be an integer/)
  }
})

it('refuses bad seeds, names and indices, naming them', () => {
  expect(() => stream(-1)).toThrow('stream: expected seed to be an integer ≥ 0, got -1')
  expect(() => stream(0.5)).toThrow(RangeError)
  expect(() => stream(2 ** 53)).toThrow(RangeError)
  expect(() => stream(1).child('')).toThrow('child: expected name not to be empty, got ""')
  expect(() => stream(1).child('a', -1)).toThrow('child: expected index to be')
})

it('gives the same numbers without WebAssembly', async () => {
  const here = first(stream(9).child('twin', 2), 501)
  expect(first(openStream(plainSource, 9, ['twin', '2'], 0), 501)).toEqual(here)
  vi.resetModules()
  vi.stubGlobal('WebAssembly', undefined)
  try {
    const bare = await import('../index.js')
    expect(first(bare.stream(9).child('twin', 2), 501)).toEqual(here)
  } finally {
    vi.unstubAllGlobals()
    // test files of one worker share their modules: the next one must not find those without
    // kernels
    vi.resetModules()
  }
})
