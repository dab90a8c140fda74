import { expect } from 'vitest'

/**
 * Typed arrays of the same bytes are equal. Only arrays that differ are compared number by number,
 * which takes a hundred times as long.
 */
expect.addEqualityTesters([
  (a, b) => {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b)) return undefined
    if (a.constructor !== b.constructor || a.byteLength !== b.byteLength) return undefined
    return bytesOf(a).equals(bytesOf(b)) ? true : undefined
  },
])

const bytesOf = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)
