import { philoxInto, type Identity } from './philox.js'

/** First words of the fractional part of e; they separate root streams from all-zero counters. */
const ROOT_2 = 0xb7e15162
const ROOT_3 = 0x8aed2a6a

/**
 * The identity of the root stream of `seed`: one Philox block computed from the seed.
 *
 * @param seed - integer, 0 ≤ seed ≤ 2^53 − 1
 */
export function rootIdentity(seed: number): Identity {
  return compress([seed | 0, Math.floor(seed / 2 ** 32), ROOT_2, ROOT_3], 0, 0)
}

/**
 * The identity of the child `segment` of the stream `parent`.
 *
 * A hash in Davies–Meyer form, h ← h ⊕ philox(counter = h, key = two words of the message). The
 * message is the number of UTF-16 units, then the units, two in each word: distinct segments have
 * distinct messages. Probability that any two of n streams agree: below n² / 2^129.
 */
export function childIdentity(parent: Identity, segment: string): Identity {
  let h = compress(parent, segment.length, 1)
  for (let i = 0; i < segment.length; i += 4) {
    h = compress(h, unitPair(segment, i), unitPair(segment, i + 2))
  }
  return h
}

function unitPair(text: string, i: number): number {
  const low = i < text.length ? text.charCodeAt(i) : 0
  const high = i + 1 < text.length ? text.charCodeAt(i + 1) : 0
  return low | (high << 16)
}

function compress(h: Identity, k0: number, k1: number): Identity {
  const out = new Uint32Array(4)
  philoxInto(out, 0, h[0], h[1], h[2], h[3], k0, k1)
  return [
    (out[0] ^ h[0]) >>> 0,
    (out[1] ^ h[1]) >>> 0,
    (out[2] ^ h[2]) >>> 0,
    (out[3] ^ h[3]) >>> 0,
  ]
}
