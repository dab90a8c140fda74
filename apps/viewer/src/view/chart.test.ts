import { expect, test } from 'vitest'
import { chartOf, curveOf, ticksTo } from './chart.js'
import { Scrub } from './scrub.js'

test('ticks are round numbers from 0', () => {
  expect(ticksTo(215, 5)).toEqual([0, 50, 100, 150, 200])
  expect(ticksTo(0.9, 4)).toEqual([0, 0.5])
  expect(ticksTo(1, 4)).toEqual([0, 0.5, 1])
  for (const most of [1e-3, 3, 47, 8e5]) {
    const ticks = ticksTo(most, 6)
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.length).toBeLessThan(9)
    expect(ticks.at(-1)).toBeLessThanOrEqual(most * (1 + 1e-9))
  }
})

test('a chart has its origin at the left, below', () => {
  const chart = chartOf(400, 10, 5, 10)
  expect(chart.x(10)).toBeGreaterThan(chart.x(0))
  expect(chart.y(5)).toBeLessThan(chart.y(0))
  const end = `${chart.x(10).toFixed(1)} ${chart.y(5).toFixed(1)}`
  const start = `${chart.x(0).toFixed(1)} ${chart.y(0).toFixed(1)}`
  expect(
    curveOf(chart, [
      [0, 0],
      [10, 5],
    ]),
  ).toBe(`M${start}L${end}`)
})

test('a scrub begins at its end, plays to it, steps round, and stops where it is moved', () => {
  const scrub = new Scrub(40)
  expect(scrub.at.value).toBe(40)
  scrub.play()
  expect(scrub.at.value).toBe(0)
  expect(scrub.tick(1)).toBe(true)
  expect(scrub.at.value).toBe(5)
  scrub.moveTo(7.4)
  expect([scrub.at.value, scrub.mode.value, scrub.tick(1)]).toEqual([7, 'paused', false])
  scrub.step()
  expect(scrub.at.value).toBe(8)
  scrub.play()
  expect(scrub.tick(100)).toBe(false)
  expect(scrub.at.value).toBe(40)
  scrub.step()
  expect(scrub.at.value).toBe(0)
  scrub.finish()
  expect(scrub.at.value).toBe(40)
  expect(new Scrub(0).tick(1)).toBe(false)
})
