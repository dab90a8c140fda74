import { afterEach, describe, expect, it, vi } from 'vitest'
import { demoFigures, emptied, errors, landscape, rate, widths } from '../../test/demo-figures.js'
import { headless, textsOf } from '../../test/svg.js'
import { digestOf } from '../result/canonical.js'
import { pack } from '../result/packed.js'
import { drawFigure } from './draw.js'
import type { Figure, Frame, Mark, Panel } from './figure.js'
import { themes } from './theme.js'

const document = headless()
const draw = (figure: Figure, width = 720, theme: 'light' | 'dark' = 'light'): string =>
  drawFigure(figure, { document, theme, width })
const figureOf = (...panels: Panel[]): Figure => ({
  id: 'test',
  title: 'Test',
  caption: '',
  panels,
})

const panelOf = (frame: Frame, ...marks: Mark[]): Panel => ({
  x: { label: 'x' },
  y: { label: 'y' },
  frames: { f: frame },
  marks,
})
const data = { x: [1, 2, 3], y: [1, 4, 9], low: [0, 3, 7], high: [2, 5, 11], text: ['a', 'b', 'c'] }
const drawMark = (mark: Mark, frame: Frame = data): string => draw(figureOf(panelOf(frame, mark)))
const count = (svg: string, piece: string): number => svg.split(piece).length - 1

const quiet = (['warn', 'error', 'log'] as const).map((method) => vi.spyOn(console, method))
afterEach(() => {
  for (const spy of quiet) expect(spy).not.toHaveBeenCalled()
})

describe('drawFigure', () => {
  it('draws the same bytes as ever', async () => {
    const digests = demoFigures.flatMap((figure) =>
      (
        [
          [720, 'light'],
          [720, 'dark'],
          [360, 'light'],
        ] as const
      ).map(
        ([width, theme]) =>
          [`${figure.id} ${width} ${theme}`, digestOf(draw(figure, width, theme))] as const,
      ),
    )
    const text = `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../test/figures.json')
  })

  it('draws the same bytes on every call, in every document, whatever was drawn between', () => {
    const first = demoFigures.map((figure) => draw(figure))
    const again = demoFigures.map((figure) =>
      drawFigure(figure, { document: headless(), theme: 'light', width: 720 }),
    )
    expect(again).toEqual(first)
  })

  it.each(demoFigures)('gives $id as well-formed XML that stands alone', (figure) => {
    const svg = draw(figure)
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="720"')).toBe(true)
    const open: string[] = []
    for (const [, close, name, rest] of svg.matchAll(
      /<(\/?)(\w+)((?:\s+[\w:-]+="[^"<]*")*\s*\/?)>/g,
    )) {
      if (close) expect(open.pop()).toBe(name)
      else if (!rest.endsWith('/')) open.push(name)
    }
    expect(open).toEqual([])
    expect(svg.replace(/<\/?\w+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '')).not.toMatch(
      /[<>]|&(?!amp;|lt;|gt;|quot;)/,
    )
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<style|class=|currentColor/)
  })

  it('uses each clip id once, with the figure in its name, so that figures can share a page', () => {
    const svg = draw(figureOf(rate, widths))
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^test-light-720-\d+$/)
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id)
  })

  it.each([240, 360, 560, 720, 1100])(
    'clips no text and lays none on another at width %i',
    (width) => {
      for (const figure of demoFigures) {
        const svg = draw(figure, width)
        const texts = textsOf(svg)
        const height = Number(/height="(\d+)"/.exec(svg)?.[1])
        texts.forEach((a, i) => {
          const name = `${figure.id}: "${a.text}"`
          expect(a.left, name).toBeGreaterThanOrEqual(-0.5)
          expect(a.right, name).toBeLessThanOrEqual(width + 0.5)
          expect(a.y, name).toBeGreaterThan(0)
          expect(a.y, name).toBeLessThan(height)
          for (const b of texts.slice(i + 1)) {
            const apart =
              a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || Math.abs(a.y - b.y) >= 9
            expect(apart, `${name} and "${b.text}"`).toBe(true)
          }
        })
      }
    },
  )

  it('puts panels side by side, and one below the other where it is narrow', () => {
    const size = (svg: string): number => Number(/height="(\d+)"/.exec(svg)?.[1])
    const figure = figureOf(rate, errors)
    expect(draw(figure, 720)).toContain('translate(374,0)')
    expect(draw(figure, 559)).not.toContain('translate(293')
    expect(size(draw(figure, 559))).toBeGreaterThan(1.5 * size(draw(figure, 560)))
    expect(size(draw(figureOf(rate, rate, rate, rate), 720))).toBeGreaterThan(
      1.5 * size(draw(figureOf(rate, rate), 720)),
    )
  })

  it('paints the ground and the tones of its theme', () => {
    for (const theme of ['light', 'dark'] as const) {
      const svg = draw(figureOf(rate), 720, theme)
      expect(svg).toContain(
        `<rect width="720" height="${/height="(\d+)"/.exec(svg)?.[1]}" fill="${themes[theme].paper}"/>`,
      )
      for (const tone of ['ink', 'rule', 'measured', 'bound'] as const)
        expect(svg).toContain(themes[theme][tone])
    }
    expect(draw(figureOf(rate))).not.toContain(themes.dark.measured)
  })

  it('names both axes with their direction, escapes, and takes the faces it is given', () => {
    const panel = { ...rate, title: '‖w‖ < 1 & "k"', x: { label: 'a < b' }, y: { label: '← back' } }
    const options = { document, theme: 'light', fontFamily: '"My Face"' } as const
    const svg = drawFigure({ ...figureOf(panel), title: '<b>' }, options)
    expect(svg).toContain('>a &lt; b →<')
    expect(svg).toContain('>← back<')
    expect(svg).toContain('‖w‖ &lt; 1 &amp; &quot;k&quot;')
    expect(svg).toContain('aria-label="&lt;b&gt;"')
    expect(svg).toContain('font-family="&quot;My Face&quot;"')
  })

  it('draws axes where there are no rows yet, and nothing for no panels', () => {
    for (const panel of [landscape, rate, widths, errors]) {
      const svg = draw(figureOf(emptied(panel)))
      expect(textsOf(svg).length).toBeGreaterThan(4)
    }
    expect(draw(figureOf())).toContain('height="1"')
  })

  it('says which frame or column is missing, and which grid does not fit', () => {
    const line = { mark: 'line', frame: 'f', x: 'x', y: 'z' } as const
    expect(() => drawMark(line)).toThrow(
      'drawFigure: figure test, panel 0, mark "line": no column "z" in frame "f"',
    )
    expect(() => drawMark({ ...line, frame: 'g' })).toThrow('no frame "g"')
    expect(() => drawMark({ ...line, frame: 'constructor' })).toThrow('no frame "constructor"')
    const contour = {
      mark: 'contour',
      frame: 'f',
      value: 'y',
      columns: 2,
      rows: 2,
      x: [0, 1],
      y: [0, 1],
      levels: [1],
    } as const
    expect(() => drawMark(contour)).toThrow('expected 2 × 2 values (at least 2 × 2), got 3')
    const panel = { ...panelOf(data), x: { label: 'x', domain: [2, 1] as const } }
    expect(() => draw(figureOf(panel))).toThrow('axis "x": bad domain [2, 1]')
  })
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

  it('text: over the others, with a rim in the paper colour, bold or not', () => {
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
