import { describe, expect, test } from 'vitest'
import { data, draw, figureOf, panelOf } from '../../test/drawing.js'
import { expectReadable, textsOf } from '../../test/svg.js'
import type { Mark } from './figure.js'

const line: Mark = { mark: 'line', frame: 'f', x: 'x', y: 'y', key: 'loss' }
const dot: Mark = { mark: 'dot', frame: 'f', x: 'x', y: 'y', symbol: 'square', key: 'loss' }
const band: Mark = { mark: 'area', frame: 'f', x: 'x', y1: 'low', y2: 'high', key: 'band' }
const place = (svg: string, text: string) => textsOf(svg).filter((at) => at.text === text)

describe('the key of a panel', () => {
  test('names the marks that bear a name, each name once, above the axes', () => {
    const svg = draw(figureOf(panelOf(data, line, dot, band)))
    expect(place(svg, 'loss')).toHaveLength(1)
    expect(place(svg, 'band')).toHaveLength(1)
    const [axis] = place(svg, '↑ y')
    expect(place(svg, 'loss')[0].y).toBeLessThan(axis.y - 9)
    expect(place(svg, 'band')[0].y).toBe(place(svg, 'loss')[0].y)
    expectReadable(svg, 720, 'key')
  })

  test('shows a sample of every mark of a name', () => {
    const paths = (svg: string): number => svg.split('<path').length - 1
    const bareLine: Mark = { mark: 'line', frame: 'f', x: 'x', y: 'y' }
    const bareDot: Mark = { mark: 'dot', frame: 'f', x: 'x', y: 'y', symbol: 'square' }
    const bare = draw(figureOf(panelOf(data, bareLine, bareDot)))
    const named = draw(figureOf(panelOf(data, line, dot)))
    expect(paths(named)).toBe(paths(bare) + 2)
  })

  test('does not name what is not there', () => {
    expect(place(draw(figureOf(panelOf({ x: [], y: [] }, line))), 'loss')).toEqual([])
    expect(place(draw(figureOf(panelOf({ x: [null], y: [1] }, line))), 'loss')).toEqual([])
  })

  test('takes as many lines as fit the panel', () => {
    const many = Array.from({ length: 12 }, (_, i): Mark => ({ ...dot, key: `network ${i}` }))
    const svg = draw(figureOf(panelOf(data, ...many)), 300)
    expect(textsOf(svg).filter(({ text }) => text.startsWith('network'))).toHaveLength(12)
    expectReadable(svg, 300, 'narrow key')
  })

  test('moves the frames of a row together', () => {
    const [left, right] = [panelOf(data, line), panelOf(data, { ...band, key: 'wide band' })]
    const svg = draw(figureOf(left, right, panelOf(data)))
    const names = textsOf(svg).filter(({ text }) => text === '↑ y')
    expect(new Set(names.map(({ y }) => y)).size).toBe(1)
  })
})
