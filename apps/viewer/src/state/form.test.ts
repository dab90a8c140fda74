import { expect, test } from 'vitest'
import { landscape } from '../landscape/explorer.js'
import { parseAddress } from './address.js'
import { draftOf, readDraft, sameParams } from './form.js'
import { sample } from './sample.fixture.js'

const usual = draftOf(sample, sample.params.parse({}), 1)
const withTexts = (texts: Record<string, string>) => ({
  ...usual,
  texts: { ...usual.texts, ...texts },
})

test('a list is shown with spaces and read with or without them', () => {
  expect(usual.texts['ks']).toBe('1, 10')
  expect(readDraft(sample, withTexts({ ks: ' 2,3,  4' })).values?.params['ks']).toEqual([2, 3, 4])
})

test('each error stands at its own field, with what is allowed', () => {
  const reading = readDraft(sample, withTexts({ k: '0', ks: '1,,2' }))
  expect(reading.values).toBeUndefined()
  expect(Object.keys(reading.errors)).toEqual(['k', 'ks'])
  expect(reading.errors['k']).toBe('Expected a whole number in [1, 1000], got "0"')
  expect(reading.seedError).toBeUndefined()
})

test('an empty field is an error and not the default', () => {
  expect(readDraft(sample, withTexts({ eta: '' })).errors['eta']).toContain('Expected a number')
})

test('a wrong seed is said at the seed', () => {
  const reading = readDraft(sample, { ...usual, seed: '1.5' })
  expect(reading.values).toBeUndefined()
  expect(reading.seedError).toContain('Expected a whole number from 0')
})

test('values are the same by what they are written as', () => {
  const a = sample.params.parse({ ks: [1, 2] })
  expect(sameParams(sample, a, sample.params.parse({ ks: '1,2' }))).toBe(true)
  expect(sameParams(sample, a, sample.params.parse({ ks: '2,1' }))).toBe(false)
})

test('a text is shown as it is written, so that its commas stay as they are', () => {
  const hash = '#/landscape?starts=0.5,-0.25,1,1'
  const route = parseAddress(hash, [landscape])
  if (route.kind !== 'subject') throw new Error(route.kind)
  const draft = draftOf(route.subject, route.params, route.seed)
  expect(draft.texts['starts']).toBe('0.5,-0.25,1,1')
})
