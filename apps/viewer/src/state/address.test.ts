import { canonicalJson } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { formatAddress, parseAddress } from './address.js'
import { sample } from './sample.fixture.js'

const among = [sample]
const message = (hash: string) => {
  const route = parseAddress(hash, among)
  return route.kind === 'invalid' ? route.message : `not bad but ${route.kind}`
}

test('an empty address is the home page', () => {
  for (const hash of ['', '#', '#/']) expect(parseAddress(hash, among)).toEqual({ kind: 'home' })
})

test('an address without values is the quick preset with seed 1', () => {
  const route = parseAddress('#/run/sample/all-kinds', among)
  expect(route).toMatchObject({ kind: 'subject', subject: sample, seed: 1 })
  expect(route).toMatchObject({ params: { k: 10, eta: 0.01, ks: [1, 10], fresh: false } })
})

test('every kind of value is read', () => {
  const hash = '#/run/sample/all-kinds?k=100&eta=1e-3&ks=1,5,25&loss=logistic&fresh=true&seed=7'
  expect(parseAddress(hash, among)).toMatchObject({
    params: { k: 100, eta: 1e-3, ks: [1, 5, 25], loss: 'logistic', fresh: true },
    seed: 7,
  })
})

test('an address says only what differs from the defaults, and the seed', () => {
  const params = sample.params.parse({ k: 100, ks: [1, 2, 3] })
  expect(formatAddress(sample, params, 7)).toBe('#/run/sample/all-kinds?k=100&ks=1,2,3&seed=7')
})

test('what cannot be followed is said with the remedy', () => {
  expect(message('#/walk')).toContain('expected #/run/')
  expect(message('#/run/sample/all-kind')).toContain('did you mean sample/all-kinds?')
  expect(message('#/run/sample/all-kinds?kk=1')).toContain('did you mean k')
  expect(message('#/run/sample/all-kinds?k=0')).toContain('expected a whole number in [1, 1000]')
  expect(message('#/run/sample/all-kinds?k=1&k=2')).toContain('"k" is given twice')
  expect(message('#/run/sample/all-kinds?seed=-1')).toContain('seed: expected a whole number')
  expect(message('#/run/sample/all-kinds?seed=9007199254740992')).toContain('seed: expected')
  expect(message('#/run/%zz')).toContain('not valid percent-encoding')
  expect(message(`#/run/${'x'.repeat(5000)}`)).toContain('at most 4000 characters')
})

test('all that is wrong is said at once', () => {
  const said = message('#/run/sample/all-kinds?k=0&eta=x&seed=-1').split('\n')
  expect(said.map((line) => line.split(': expected')[0])).toEqual([
    'parameter k',
    'parameter eta',
    'seed',
  ])
})

test('names of object properties are not parameters', () => {
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(message(`#/run/sample/all-kinds?${name}=1`)).toContain('unknown parameter')
})

test('a bad value leaves the experiment known', () => {
  const route = parseAddress('#/run/sample/all-kinds?k=0', among)
  expect(route).toMatchObject({ kind: 'invalid', subject: sample })
})

test('values survive the way to the address and back', () => {
  const params = sample.params.parse({ eta: 1 / 3, ks: [7], loss: 'logistic', fresh: true })
  const route = parseAddress(formatAddress(sample, params, 2 ** 53 - 1), among)
  if (route.kind !== 'subject') throw new Error(route.kind)
  expect(canonicalJson(route.params)).toBe(canonicalJson(params))
  expect(route.seed).toBe(2 ** 53 - 1)
})

test('embed=1 asks for the picture alone; nothing else is taken for it', () => {
  const route = parseAddress('#/run/sample/all-kinds?k=3&embed=1&seed=2', among)
  expect(route).toMatchObject({ kind: 'subject', params: { k: 3 }, seed: 2, embed: true })
  expect(parseAddress('#/run/sample/all-kinds?embed=1', among)).toMatchObject({
    seed: 1,
    embed: true,
  })
  expect(parseAddress('#/run/sample/all-kinds?k=3', among)).not.toHaveProperty('embed')
  expect(message('#/run/sample/all-kinds?embed=2')).toContain('"embed"')
})
