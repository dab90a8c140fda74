import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readSafetensors, SafetensorsError, writeSafetensors, type StoredTensor } from './index.js'

const tensor: fc.Arbitrary<StoredTensor> = fc.oneof(
  fc.float64Array().map((data) => ({ dtype: 'F64' as const, shape: [data.length], data })),
  fc.float32Array().map((data) => ({ dtype: 'F32' as const, shape: [1, data.length], data })),
  fc.int32Array().map((data) => ({ dtype: 'I32' as const, shape: [data.length, 1], data })),
  fc.uint8Array().map((data) => ({ dtype: 'U8' as const, shape: [data.length], data })),
)
const names = fc.string({ unit: 'grapheme' }).filter((s) => s !== '__metadata__')
const tensors = fc.dictionary(names, tensor, { noNullPrototype: true })

it('gives back what it wrote', () => {
  fc.assert(
    fc.property(tensors, (original) => {
      expect(readSafetensors(writeSafetensors(original)).tensors).toEqual(original)
    }),
  )
})

it('answers damaged bytes with tensors or a SafetensorsError, never anything else', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
  fc.assert(
    fc.property(tensors, damage, fc.nat(), (original, edits, cut) => {
      const whole = writeSafetensors(original)
      for (const [at, value] of edits) whole[at % whole.length] = value
      const bytes = whole.subarray(0, whole.length - (cut % 3))
      try {
        readSafetensors(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError)
      }
    }),
  )
})
