import { canonicalJson } from '@nonconvex/experiments'
import fc from 'fast-check'
import { test } from 'vitest'
import { formatAddress, parseAddress } from './address.js'
import { draftOf, readDraft } from './form.js'
import { sample } from './sample.fixture.js'

const params = fc
  .record({
    k: fc.integer({ min: 1, max: 1000 }),
    eta: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    ks: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 5 }),
    loss: fc.constantFrom('hinge', 'logistic'),
    fresh: fc.boolean(),
  })
  .map((input) => sample.params.parse(input))
const seed = fc.maxSafeNat()

test('any text is followed or refused with a message, and never throws', () => {
  const near = fc
    .tuple(fc.constantFrom('k', 'eta', 'ks', 'loss', 'seed', '__proto__'), fc.string())
    .map(([name, value]) => `#/run/sample/all-kinds?${name}=${value}`)
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    near,
    fc.string().map((s) => `#/run/${s}`),
  )
  fc.assert(
    fc.property(any, (hash) => {
      const route = parseAddress(hash, [sample])
      return route.kind !== 'invalid' || (route.message.length > 10 && route.message.length < 800)
    }),
    { numRuns: 3000 },
  )
})

test('what is followed is within the ranges of the schema', () => {
  const value = fc.oneof(fc.double().map(String), fc.integer().map(String), fc.string())
  fc.assert(
    fc.property(value, value, (k, eta) => {
      const query = new URLSearchParams({ k, eta }).toString()
      const route = parseAddress(`#/run/sample/all-kinds?${query}`, [sample])
      if (route.kind !== 'subject') return route.kind === 'invalid'
      const got = { k: Number(route.params['k']), eta: Number(route.params['eta']) }
      return (
        Number.isInteger(got.k) && got.k >= 1 && got.k <= 1000 && got.eta >= 1e-6 && got.eta <= 1
      )
    }),
    { numRuns: 2000 },
  )
})

test('formatAddress and parseAddress are inverse', () => {
  fc.assert(
    fc.property(params, seed, (values, number) => {
      const route = parseAddress(formatAddress(sample, values, number), [sample])
      return (
        route.kind === 'subject' &&
        route.seed === number &&
        canonicalJson(route.params) === canonicalJson(values)
      )
    }),
  )
})

test('draftOf and readDraft are inverse', () => {
  fc.assert(
    fc.property(params, seed, (values, number) => {
      const read = readDraft(sample, draftOf(sample, values, number)).values
      return (
        read !== undefined &&
        read.seed === number &&
        canonicalJson(read.params) === canonicalJson(values)
      )
    }),
  )
})
