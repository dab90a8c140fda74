import { expect, it } from 'vitest'
import { plainSpace, RoomError, wasmSpace } from './space.js'

const PAGE = 65536 / 4

it('grows to twice its size, or to what is needed where there is no more', () => {
  const memory = new WebAssembly.Memory({ initial: 10, maximum: 15 })
  const space = wasmSpace(memory)
  space.reserve(9 * PAGE)
  expect(memory.buffer.byteLength / 65536).toBe(10)
  const at = space.reserve(2 * PAGE)
  expect(memory.buffer.byteLength / 65536).toBe(12)
  space.floats[at] = 3
  expect(() => space.reserve(4 * PAGE)).toThrow(RoomError)
  expect(() => space.reserve(4 * PAGE)).toThrow(
    /^structured: layers, batches .* must fit in the available memory, got 0\.000\d+ GiB$/,
  )
  // what was refused is not kept
  space.reserve(PAGE / 2)
  expect(space.floats[at]).toBe(3)
})

it('asks for no more than the 4 GiB that can be addressed', () => {
  const asked: number[] = []
  const memory = {
    buffer: new ArrayBuffer(65536),
    grow: (pages: number) => {
      asked.push(pages)
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')
    },
  } as unknown as WebAssembly.Memory
  const space = wasmSpace(memory)
  expect(() => space.reserve(2 ** 30 - 2 * PAGE)).toThrow(/available memory, got 4\.00 GiB/)
  expect(() => space.reserve(2 ** 30)).toThrow(/must fit in 4 GiB, got 4\.00 GiB/)
  expect(Math.max(...asked)).toBeLessThan(65536)
})

it('keeps what was written when plain arrays grow', () => {
  for (const precision of ['float32', 'float64'] as const) {
    const space = plainSpace(precision)
    const at = space.reserve(8)
    space.floats[at + 7] = 5
    space.reserve(10 * PAGE)
    expect(space.floats[at + 7]).toBe(5)
  }
})
