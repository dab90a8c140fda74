import { blocksInto, type Identity } from './philox.js'
import { normalOf, uniformOf } from './words.js'

/**
 * A source of random words: fills `out`, of even length, with the words of a generator from the
 * even number `first` on.
 */
export interface WordSource {
  words(out: Uint32Array, id: Identity, first: number): void
  uniforms(out: Float64Array, id: Identity, first: number): void
  normals(out: Float64Array, id: Identity, first: number): void
}

/**
 * The source in plain TypeScript: the fallback of the WebAssembly source, and the reference in its
 * tests.
 */
export const plainSource: WordSource = {
  words: (out, id, first) => {
    blocksInto(out, id, first / 2)
  },
  uniforms: (out, id, first) => {
    mapWords(out, id, first, uniformOf)
  },
  normals: (out, id, first) => {
    mapWords(out, id, first, normalOf)
  },
}

function mapWords(
  out: Float64Array,
  id: Identity,
  first: number,
  number: (low: number, high: number) => number,
): void {
  const block = new Uint32Array(4)
  for (let i = 0; i < out.length; i += 2) {
    blocksInto(block, id, (first + i) / 2)
    out[i] = number(block[0], block[1])
    out[i + 1] = number(block[2], block[3])
  }
}
