import { argumentError } from '../check/errors.js'
import { checkInteger } from '../check/numbers.js'
import { norm2 } from '../dense/norm2.js'
import { childIdentity, rootIdentity } from './identity.js'
import type { Identity } from './philox.js'
import type { WordSource } from './source.js'
import type { Stream, StreamState } from './stream.js'
import { normalOf, uniformOf } from './words.js'

const LARGEST_INT32 = 2 ** 31 - 1
/** Up to this n the product of n and a 32-bit number is exact in float64. */
const LEMIRE_LIMIT = 2 ** 21
/**
 * Number of words that a single draw fetches at first: few, since most child streams draw few
 * numbers.
 */
const FIRST_FETCH = 8
const LARGEST_FETCH = 256

/** A `Stream` on top of any source of words. `position` counts 64-bit words. */
export class PhiloxStream implements Stream {
  readonly name: string
  private readonly source: WordSource
  private readonly id: Identity
  private position: number
  /** words `fetchedFrom` … `fetchedTo` − 1, two entries each */
  private fetched: Uint32Array = new Uint32Array(0)
  private fetchedFrom = 0
  private fetchedTo = 0

  constructor(source: WordSource, name: string, id: Identity, position: number) {
    this.source = source
    this.name = name
    this.id = id
    this.position = position
  }

  child(name: string, index?: number): Stream {
    if (name === '') throw argumentError('empty', 'child', 'name', 'not to be empty', '""')
    if (index !== undefined) checkInteger('child', 'index', index, 0)
    const named = this.segment(name)
    return index === undefined ? named : named.segment(String(index))
  }

  uniform(): number {
    const at = this.next()
    return uniformOf(this.fetched[at], this.fetched[at + 1])
  }

  normal(): number {
    const at = this.next()
    return normalOf(this.fetched[at], this.fetched[at + 1])
  }

  integer(n: number): number {
    checkInteger('integer', 'n', n, 1)
    return n <= LEMIRE_LIMIT ? this.smallInteger(n) : this.largeInteger(n)
  }

  uniformInto(out: Float64Array): Float64Array {
    return this.fill(out, 'uniforms')
  }

  normalInto(out: Float64Array): Float64Array {
    return this.fill(out, 'normals')
  }

  shuffleInto<T extends Int32Array | unknown[]>(items: T): T {
    const list: { [index: number]: unknown; readonly length: number } = items
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const other = list[j]
      list[j] = list[i]
      list[i] = other
    }
    return items
  }

  permutation(n: number): Int32Array {
    checkInteger('permutation', 'n', n, 0, LARGEST_INT32)
    return this.shuffleInto(Int32Array.from({ length: n }, (_, i) => i))
  }

  sample(n: number, size: number): Int32Array {
    checkInteger('sample', 'n', n, 0, LARGEST_INT32)
    checkInteger('sample', 'size', size, 0, n)
    // Only the places that were moved are kept, so a few of very many cost little memory.
    const moved = new Map<number, number>()
    const chosen = new Int32Array(size)
    for (let i = 0; i < size; i++) {
      const j = i + this.integer(n - i)
      chosen[i] = moved.get(j) ?? j
      moved.set(j, moved.get(i) ?? i)
    }
    return chosen
  }

  unitVector(d: number): Float64Array {
    checkInteger('unitVector', 'd', d, 1, LARGEST_INT32)
    const v = new Float64Array(d)
    let length: number
    do length = norm2(this.normalInto(v))
    while (length === 0)
    for (let i = 0; i < d; i++) v[i] /= length
    return v
  }

  save(): StreamState {
    return { name: this.name, position: this.position }
  }

  private segment(text: string): PhiloxStream {
    const escaped = text.replaceAll('%', '%25').replaceAll('/', '%2F')
    const id = childIdentity(this.id, text)
    return new PhiloxStream(this.source, `${this.name}/${escaped}`, id, 0)
  }

  /** Advances to the next word; returns its index in `fetched`. */
  private next(): number {
    const word = this.position++
    if (word < this.fetchedFrom || word >= this.fetchedTo) this.fetch(word)
    return 2 * (word - this.fetchedFrom)
  }

  private fetch(word: number): void {
    const count = Math.min(LARGEST_FETCH, Math.max(FIRST_FETCH, this.fetched.length))
    if (this.fetched.length < 2 * count) this.fetched = new Uint32Array(2 * count)
    this.fetchedFrom = word - (word % 2)
    this.fetchedTo = this.fetchedFrom + count
    this.source.words(this.fetched, this.id, this.fetchedFrom)
  }

  /** Fills whole blocks by the source, and an odd word at either end by a single draw. */
  private fill(out: Float64Array, kind: 'uniforms' | 'normals'): Float64Array {
    const single = kind === 'uniforms' ? () => this.uniform() : () => this.normal()
    let i = 0
    if (out.length > 0 && this.position % 2 === 1) out[i++] = single()
    const even = out.length - ((out.length - i) % 2)
    if (even > i) {
      this.source[kind](out.subarray(i, even), this.id, this.position)
      this.position += even - i
    }
    if (even < out.length) out[even] = single()
    return out
  }

  /** ⌊x n / 2^32⌋ for 32 random bits x, rejecting the few x that would cause bias. */
  private smallInteger(n: number): number {
    for (;;) {
      const at = this.next()
      const product = this.fetched[at + 1] * n
      const low = product >>> 0
      // The remainder, which is slow, is needed once in 2^32 / n draws.
      if (low >= n || low >= (2 ** 32 - n) % n) return (product - low) / 2 ** 32
    }
  }

  private largeInteger(n: number): number {
    const limit = 2 ** 53 - (2 ** 53 % n)
    for (;;) {
      const at = this.next()
      const x = this.fetched[at + 1] * 2 ** 21 + (this.fetched[at] >>> 11)
      if (x < limit) return x % n
    }
  }
}

/** Opens the stream with this name at `position`, on a given source of words. */
export function openStream(
  source: WordSource,
  seed: number,
  segments: readonly string[],
  position: number,
): PhiloxStream {
  let id = rootIdentity(seed)
  for (const text of segments) id = childIdentity(id, text)
  const escaped = segments.map((text) => text.replaceAll('%', '%25').replaceAll('/', '%2F'))
  return new PhiloxStream(source, [String(seed), ...escaped].join('/'), id, position)
}
