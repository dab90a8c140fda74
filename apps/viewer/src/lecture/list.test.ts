import { experiments } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { explorers } from '../explore/explorers.js'
import { formatRoute, parseAddress, withValues } from '../state/address.js'
import { formatLecture, pageOf, parseLecture } from './list.js'
import { talkPages } from './pages.js'

const among = [...experiments, ...explorers]
const messageOf = (hash: string) => {
  const route = parseAddress(hash, among)
  return route.kind === 'invalid' ? route.message : `not invalid but ${route.kind}`
}

test('every page of the talk opens, and its address is written back', () => {
  for (const at of talkPages.keys()) {
    const route = parseAddress(
      formatLecture({ pages: talkPages, at: at + 1, predict: false }),
      among,
    )
    expect(route).toMatchObject({ kind: 'subject', lecture: { at: at + 1 } })
    if (route.kind !== 'subject') continue
    // what is changed on a page is kept in its place
    const again = parseAddress(formatRoute(withValues(route, { ...route, seed: 7 })), among)
    expect(again).toMatchObject({ seed: 7, params: route.params, lecture: { at: at + 1 } })
  }
})

test('a list of pages with values is read as it was written', () => {
  const pages = ['budget?z=1&scores=1,0.5&seed=3', 'run/gaussian/escape', 'a%2Cb?c=50%25&d']
  const list = { pages, at: 2, predict: true }
  expect(parseLecture(formatLecture(list).replace('#/lecture?', ''))).toEqual(list)
  expect(formatLecture(list)).toContain('budget?z=1%26scores=1%2C0.5%26seed=3,run/gaussian/escape')
})

test('a page is named by its whole address, too', () => {
  const whole = 'https://example.org/a/#/run/gaussian/escape?k=3&seed=1'
  expect([whole, ' #/filter ', 'filter'].map(pageOf)).toEqual([
    'run/gaussian/escape?k=3&seed=1',
    'filter',
    'filter',
  ])
})

test('what cannot be followed is said', () => {
  expect(messageOf('#/lecture?pages=filter,run/gaussian/escap')).toMatch(/^page 2: .*escape/)
  expect(messageOf('#/lecture?pages=filter,')).toMatch(/^page 2: /)
  expect(messageOf('#/lecture?pages=filter,lecture')).toMatch(/^page 2: /)
  expect(messageOf('#/lecture?pages=filter,filter?embed=1')).toMatch(/^page 2: /)
  expect(messageOf('#/lecture?pages=%zz')).toContain('percent-encoding')
  expect(messageOf('#/lecture?at=0')).toContain(`from 1 to ${talkPages.length}, got 0`)
  expect(messageOf('#/lecture?at=1e1')).toContain('got 1e1')
  expect(messageOf('#/lecture?at=1&at=2')).toContain('twice')
  expect(messageOf('#/lecture?predict=yes')).toContain('0 or 1')
  expect(messageOf('#/lecture?embed=1')).toContain('expected pages, at or predict')
  expect(messageOf(`#/lecture?pages=${Array(61).fill('filter').join()}`)).toContain('at most 60')
})
