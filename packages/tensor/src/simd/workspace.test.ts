import { expect, it, vi } from 'vitest'
import { axpyInto, dot, gemvInto, matrix, stream } from '../index.js'
import { createWorkspace, instantiateKernels, simdAvailable, type Workspace } from './index.js'

const special = [NaN, Infinity, -Infinity, -0, 5e-324, -3e-310, 1e308]
const root = stream(13).child('workspace')
const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 64, 100, 777]

/**
 * n numbers in the workspace, `shift` places into an array of their own: aligned to 16 bytes or
 * only to 8.
 */
function fill(
  space: Workspace,
  n: number,
  shift: number,
  name: string,
  specials: boolean,
): Float64Array {
  const x = space.float64(n + shift).subarray(shift)
  const s = root.child(name, n)
  s.normalInto(x)
  if (specials)
    for (let r = 0; r < 3 && n > 0; r++) x[s.integer(n)] = special[s.integer(special.length)]
  return x
}

it('has kernels that agree with their plain twins bit for bit', () => {
  const space = createWorkspace(1 << 20)
  expect(space.kernels).toBe('wasm')
  for (const n of sizes) {
    for (const shift of [0, 1]) {
      for (const specials of [false, true]) {
        space.reset()
        const x = fill(space, n, shift, 'x', specials)
        const y = fill(space, n, 1 - shift, 'y', specials)
        expect(space.dot(x, y)).toBe(dot(x.slice(), y.slice()))
        const expected = axpyInto(y.slice(), -1.7, x.slice())
        expect(space.axpyInto(y, -1.7, x)).toBe(y)
        expect([...y]).toEqual([...expected])
        const rows = n % 13
        const a = matrix(rows, n, fill(space, rows * n, shift, 'a', specials))
        const short = fill(space, rows, shift, 'short', specials)
        const along = gemvInto(new Float64Array(rows), matrix(rows, n, a.data.slice()), x.slice())
        const across = gemvInto(new Float64Array(n), a, short.slice(), { transpose: true })
        expect([...space.gemvInto(space.float64(rows), a, x)]).toEqual([...along])
        expect([...space.gemvInto(space.float64(n), a, short, { transpose: true })]).toEqual([
          ...across,
        ])
      }
    }
  }
})

it('takes arrays of other memories too', () => {
  const space = createWorkspace(100)
  const x = new Float64Array([1, 2])
  expect(space.dot(x, x)).toBe(5)
  expect([...space.axpyInto(x, 1, new Float64Array([1, 1]))]).toEqual([2, 3])
  expect([...space.gemvInto(new Float64Array(1), matrix(1, 2, [1, 1]), x)]).toEqual([5])
})

it('is bounded, and hands the same memory out again after a reset', () => {
  const space = createWorkspace(100)
  const x = space.float64(12)
  x[0] = 3
  expect(space.free).toBe(4)
  expect(() => space.float64(1)).toThrow(
    'float64: expected n to be an integer in [0, 0], what is free, got 1',
  )
  space.reset()
  const y = space.float64(2)
  expect(y[0]).toBe(0)
  y[0] = 7
  expect(x[0]).toBe(7)
})

it('refuses sizes that are no sizes and shapes that do not fit', () => {
  for (const size of [0, -1, 1.5, NaN, 2 ** 31 + 1])
    expect(() => createWorkspace(size)).toThrow(RangeError)
  const space = createWorkspace(1000)
  const [x, y] = [space.float64(2), space.float64(3)]
  expect(() => space.dot(x, y)).toThrow('dot: expected b to have the length of a, 2, got 3')
  expect(() => space.axpyInto(x, 1, y)).toThrow(
    'axpyInto: expected x to have the length of y, 2, got 3',
  )
  expect(() => space.gemvInto(y, matrix(2, 3, space.float64(6)), x)).toThrow(
    'gemv: expected x and y to fit a, 2 × 3',
  )
})

it('does without WebAssembly, with the same results', () => {
  const plain = createWorkspace(1000, { kernels: 'plain' })
  expect(plain.kernels).toBe('plain')
  const space = createWorkspace(1000)
  const pair = [plain, space].map((w) =>
    w.dot(fill(w, 20, 0, 'p', false), fill(w, 20, 0, 'q', false)),
  )
  expect(pair[0]).toBe(pair[1])
  expect(plain.float64(3).byteOffset % 16).toBe(0)
})

it('reports SIMD here, and no kernels where compilation is refused', () => {
  expect(simdAvailable()).toBe(true)
  expect(instantiateKernels('AAAA')).toBeUndefined()
  // what was compiled before needs an instance all the same
  const refuse = vi.spyOn(WebAssembly, 'Instance').mockImplementation(function () {
    throw new RangeError('WebAssembly.Instance is disallowed on the main thread')
  })
  try {
    expect(instantiateKernels('AGFzbQEAAAA=')).toBeUndefined()
    expect(createWorkspace(10).kernels).toBe('plain')
  } finally {
    refuse.mockRestore()
  }
  expect(instantiateKernels('AGFzbQEAAAA=')).toBeDefined()
})

it('runs a module on memory that threads share, where the module has a largest size', () => {
  // (module (import "env" "memory" (memory 1 2)))
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 2, 16, 1, 3, 101, 110, 118, 6]
  bytes.push(109, 101, 109, 111, 114, 121, 2, 1, 1, 2)
  const module = btoa(String.fromCharCode(...bytes))
  const memoryOf = (shared: boolean): WebAssembly.Memory =>
    new WebAssembly.Memory({ initial: 1, maximum: 2, shared })
  for (const shared of [false, true, false])
    expect(instantiateKernels(module, { env: { memory: memoryOf(shared) } })).toBeDefined()
  const growing = { env: { memory: new WebAssembly.Memory({ initial: 1 }) } }
  expect(instantiateKernels(module, growing)).toBeUndefined()
})
