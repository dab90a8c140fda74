import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { landscape } from '../../test/demo-figures.js'
import { data, draw, drawMark, figureOf, panelOf } from '../../test/drawing.js'
import { textsOf } from '../../test/svg.js'
import { pack } from '../result/packed.js'
import type { Panel } from './figure.js'
import { themes } from './theme.js'

const count = (svg: string, piece: string): number => svg.split(piece).length - 1

const quiet = (['warn', 'error', 'log'] as const).map((method) => vi.spyOn(console, method))
afterEach(() => {
  for (const spy of quiet) expect(spy).not.toHaveBeenCalled()
})
afterAll(() => {
  for (const spy of quiet) spy.mockRestore()
})

describe('a mark', () => {
  const at = { frame: 'f', x: 'x' } as const

  it('line: one path for each group, dashed or in steps', () => {
    const line = { mark: 'line', ...at, y: 'y', tone: 'violated' } as const
    expect(count(drawMark(line), `stroke="${themes.light.violated}"`)).toBe(1)
    const groups = drawMark({ ...line, group: 'text' }, { ...data, text: ['a', 'b', 'a'] })
    const paths = /<g[^>]*stroke="#b3261e"[^>]*>(.*?)<\/g>/.exec(groups)?.[1] ?? ''
    expect(count(paths, '<path')).toBe(2)
    expect(drawMark({ ...line, dash: true })).toContain('stroke-dasharray')
    expect(drawMark({ ...line, curve: 'step' })).not.toBe(drawMark(line))
    expect(drawMark({ ...line, width: 7, opacity: 0.3 })).toMatch(
      /stroke-opacity="0.3"[^>]*stroke-width="7"/,
    )
  })

  it('line: breaks where a value is missing, or cannot stand on a log axis', () => {
    const line = { mark: 'line', ...at, y: 'y' } as const
    const frame = { x: [1, 2, 3, 4, 5], y: [1, 2, 0, 8, 16] }
    const linear = panelOf(frame, line)
    const log = { ...linear, y: { label: 'y', scale: 'log' as const } }
    const pathOf = (panel: Panel): string =>
      / d="([^"]*)"[^>]*\/?><\/g>/.exec(
        draw(figureOf(panel)).split(themes.light.measured)[1],
      )?.[1] ?? ''
    expect(count(pathOf(linear), 'M')).toBe(1)
    expect(count(pathOf(log), 'M')).toBe(2)
    expect(draw(figureOf(panelOf({ ...frame, y: [1, null, 'a', 4, 5] }, line)))).not.toContain(
      'NaN',
    )
  })

  it('dot: every symbol, filled or not, none outside the domain', () => {
    const dot = { mark: 'dot', ...at, y: 'y', tone: 'holds' } as const
    const shapes = (['circle', 'diamond', 'triangle', 'star', 'square'] as const).map((symbol) =>
      drawMark({ ...dot, symbol }),
    )
    expect(new Set(shapes).size).toBe(5)
    expect(drawMark(dot)).toContain(`fill="${themes.light.holds}"`)
    expect(drawMark({ ...dot, filled: false })).toContain(`stroke="${themes.light.holds}"`)
    const narrow = { ...panelOf(data, dot), x: { label: 'x', domain: [1, 2] as const } }
    const dots = (svg: string): number =>
      count(svg.split(themes.light.holds)[1].split('</g>')[0], '<circle')
    expect(dots(drawMark(dot))).toBe(3)
    expect(dots(draw(figureOf(narrow)))).toBe(2)
  })

  it('area and interval: between two columns, from the edge on a log axis', () => {
    const band = { ...at, y1: 'low', y2: 'high', tone: 'undecided' } as const
    expect(drawMark({ mark: 'area', ...band })).toContain(`fill="${themes.light.undecided}"`)
    const bars = drawMark({ mark: 'interval', ...band })
    expect(count(bars, '<line')).toBeGreaterThanOrEqual(3)
    const log = {
      ...panelOf(data, { mark: 'area', ...band }),
      y: { label: 'y', scale: 'log' as const },
    }
    expect(draw(figureOf(log))).not.toMatch(/NaN|Infinity/)
  })

  it('rules: across the whole frame', () => {
    expect(drawMark({ mark: 'rule-x', ...at, tone: 'bound' })).toContain(themes.light.bound)
    expect(drawMark({ mark: 'rule-y', frame: 'f', y: 'y', tone: 'bound' })).toContain(
      themes.light.bound,
    )
  })

  it('text: over the others, with a rim in the paper color, bold or not', () => {
    const text = { mark: 'text', ...at, y: 'y', text: 'text', tone: 'bound' } as const
    const svg = draw(figureOf(panelOf(data, text, { mark: 'line', ...at, y: 'y' })))
    expect(svg.indexOf('>a</text>')).toBeGreaterThan(svg.indexOf(themes.light.measured))
    expect(svg).toContain(`fill="${themes.light.bound}" stroke="${themes.light.paper}"`)
    expect(count(drawMark({ ...text, bold: true }), 'font-weight="600"')).toBe(3)
    expect(drawMark(text, { ...data, text: ['<', null, 7] })).toContain('>&lt;</text>')
  })

  it('contour: paler where the function is higher, whole grid filled, the same for packed and plain values', () => {
    const values = [0, 1, 2, 1, 2, 3, 2, 3, 4]
    const contour = {
      mark: 'contour',
      frame: 'f',
      value: 'v',
      columns: 3,
      rows: 3,
      x: [0, 2],
      y: [0, 2],
      levels: [3.5, 0.5, 2],
    } as const
    const plain = drawMark(contour, { v: values })
    expect(drawMark(contour, { v: pack(Float64Array.from(values), [3, 3]) })).toBe(plain)
    const { ink, paper } = themes.light
    const shades = [...plain.matchAll(/fill="(#[0-9a-f]{6})"/g)]
      .filter(([, color]) => color !== ink && color !== paper)
      .map(([, color]) => parseInt(color.slice(1, 3), 16))
    expect(shades).toHaveLength(4)
    expect(shades).toEqual([...new Set(shades)].sort((a, b) => a - b))
    expect(drawMark(contour, { v: [null, ...values.slice(1)] })).not.toContain('NaN')
  })

  it('contour: a bold level is a line in ink without a band', () => {
    const contour = { mark: 'contour', frame: 'f', value: 'v', levels: [], x: [0, 1] } as const
    const grid = { ...contour, y: [0, 1], columns: 2, rows: 2 } as const
    const bold = drawMark({ ...grid, bold: [0.5] }, { v: [0, 1, 0, 1] })
    expect(bold).toMatch(new RegExp(`fill="none"[^>]*stroke="${themes.light.ink}"`))
    expect(drawMark(grid, { v: [0, 1, 0, 1] })).not.toMatch(/fill="none"[^>]*stroke-width="1.5"/)
  })

  it('contour: level lines lie where the function has that value', () => {
    const columns = 41
    const v = Array.from({ length: columns * columns }, (_, i) => (i % columns) / (columns - 1))
    const contour = {
      mark: 'contour',
      frame: 'f',
      value: 'v',
      columns,
      rows: columns,
      x: [0, 1],
      y: [0, 1],
      levels: [0.25],
    } as const
    const svg = draw(figureOf({ ...panelOf({ v }, contour), square: true }))
    const ticks = textsOf(svg)
    const xOf = (label: string): number => {
      const tick = ticks.filter(({ text }) => text === label).sort((a, b) => b.y - a.y)[0]
      return (tick.left + tick.right) / 2
    }
    const path = / d="M([^"]*)"/.exec(svg.split('stroke-opacity="0.6"')[1])?.[1] ?? ''
    const xs = path.split(/[ML]/).map((point) => Number(point.split(',')[0]))
    expect(Math.min(...xs)).toBeCloseTo(xOf('0.0') + 0.25 * (xOf('1.0') - xOf('0.0')), 0)
  })

  it('square: units are equal on both axes', () => {
    const svg = draw(figureOf(landscape), 500)
    const at = (label: string, axis: 'x' | 'y'): number => {
      const found = textsOf(svg).filter(({ text }) => text === label)
      return axis === 'x'
        ? Math.max(...found.map((t) => (t.left + t.right) / 2))
        : Math.min(...found.map((t) => t.y))
    }
    expect(at('1.0', 'x') - at('0.0', 'x')).toBeCloseTo(at('0.0', 'y') - at('1.0', 'y'), 0)
  })
})
