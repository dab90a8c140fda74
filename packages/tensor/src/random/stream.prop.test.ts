import fc from 'fast-check'
import { it } from 'vitest'
import { restoreStream, stream, type Stream } from '../index.js'

const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const path = fc.array(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 4 })
const open = (s: number, segments: readonly string[]): Stream =>
  segments.reduce((at: Stream, name) => at.child(name), stream(s))

it('gives singles and fills the same numbers in any mixture', () => {
  const pieces = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 })
  fc.assert(
    fc.property(seed, pieces, fc.boolean(), (s, sizes, normal) => {
      const total = sizes.reduce((a, b) => a + b, 0)
      const a = stream(s)
      const whole = normal
        ? a.normalInto(new Float64Array(total))
        : a.uniformInto(new Float64Array(total))
      const b = stream(s)
      const mixed: number[] = []
      sizes.forEach((size, i) => {
        if (i % 2 === 0) {
          for (let j = 0; j < size; j++) mixed.push(normal ? b.normal() : b.uniform())
        } else {
          const out = new Float64Array(size)
          mixed.push(...(normal ? b.normalInto(out) : b.uniformInto(out)))
        }
      })
      return mixed.every((x, i) => Object.is(x, whole[i])) && b.save().position === total
    }),
  )
})

it('restores any stream from its saved name and place', () => {
  fc.assert(
    fc.property(seed, path, fc.integer({ min: 0, max: 2 ** 40 }), (s, segments, position) => {
      const { name } = open(s, segments)
      const a = restoreStream({ name, position })
      const b = restoreStream(a.save())
      return a.name === name && a.normal() === b.normal() && a.uniform() === b.uniform()
    }),
  )
})

it('has equal names exactly for equal paths', () => {
  fc.assert(
    fc.property(seed, path, path, (s, p, q) => {
      const same = p.length === q.length && p.every((x, i) => x === q[i])
      const a = open(s, p)
      const b = open(s, q)
      return (a.name === b.name) === same && (a.uniform() === b.uniform()) === same
    }),
  )
})

it('shuffles to a permutation of what it was given', () => {
  fc.assert(
    fc.property(seed, fc.array(fc.integer()), (s, items) => {
      const out = stream(s).shuffleInto([...items])
      const sort = (x: number[]) => [...x].sort((a, b) => a - b)
      return JSON.stringify(sort(out)) === JSON.stringify(sort(items))
    }),
  )
})
