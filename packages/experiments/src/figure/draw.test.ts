import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { demoFigures, emptied, errors, landscape, rate, widths } from '../../test/demo-figures.js'
import { data, draw, drawMark, figureOf, panelOf } from '../../test/drawing.js'
import { expectReadable, headless, textsOf } from '../../test/svg.js'
import { digestOf } from '../result/canonical.js'
import { drawFigure } from './draw.js'
import { themes } from './theme.js'

const document = headless()

const quiet = (['warn', 'error', 'log'] as const).map((method) => vi.spyOn(console, method))
afterEach(() => {
  for (const spy of quiet) expect(spy).not.toHaveBeenCalled()
})
afterAll(() => {
  for (const spy of quiet) spy.mockRestore()
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

  it('names what stands at 1, 2, 3 of a vertical axis, and shows no number there', () => {
    const named = figureOf({
      x: { label: 'error', domain: [0, 1] },
      y: { label: '', domain: [0.5, 2.5], names: ['all on one side', 'symmetric'] },
      frames: { dots: { x: [0.2, 0.4], y: [1, 2] } },
      marks: [{ mark: 'dot', frame: 'dots', x: 'x', y: 'y' }],
    })
    for (const width of [360, 720]) {
      expectReadable(draw(named, width), width, `names at ${width}`)
      const texts = textsOf(draw(named, width)).map(({ text }) => text)
      expect(texts).toEqual(expect.arrayContaining(['all on one side', 'symmetric']))
      expect(texts).not.toContain('1.5')
    }
  })

  it('leaves a gap, with neither tick nor line, at an empty name, and has room for many names', () => {
    const named = (names: readonly string[]): string =>
      draw(
        figureOf({
          x: { label: 'error', domain: [0, 1] },
          y: { label: '', domain: [0.5, names.length + 0.5], names },
          frames: { dots: { x: names.map(() => 0.5), y: names.map((_, i) => i + 1) } },
          marks: [{ mark: 'dot', frame: 'dots', x: 'x', y: 'y' }],
        }),
      )
    const occurrences = (svg: string): number => svg.split(themes.light.rule).length
    expect(occurrences(named(['a', '', 'b']))).toBe(occurrences(named(['a', 'b'])))
    const many = Array.from({ length: 40 }, (_, i) => `name ${i}`)
    expectReadable(named(many), 720, 'many names')
    const at = textsOf(named(many))
      .filter(({ text }) => text.startsWith('name'))
      .map(({ y }) => y)
    expect(at).toHaveLength(40)
    at.sort((a, b) => a - b)
      .slice(1)
      .forEach((y, i) => expect(y - at[i]).toBeGreaterThanOrEqual(14))
  })

  it('draws a bare panel to its edges, without axes', () => {
    const axis = { label: 'unseen', domain: [0, 1] } as const
    const panel = { ...panelOf(data), x: axis, y: axis, square: true, bare: true, marks: [] }
    const svg = draw(figureOf(panel), 360)
    expect(textsOf(svg)).toEqual([])
    expect(Number(/height="(\d+)"/.exec(svg)?.[1])).toBe(360 + 2 * 14)
  })

  it('counts in whole numbers where all that is drawn along an axis is whole', () => {
    const ticks = (x: readonly number[], text = 1): readonly string[] =>
      textsOf(
        draw(
          figureOf({
            x: { label: 'leaves' },
            y: { label: 'y', domain: [0, 1] },
            frames: { f: { x, y: x.map(() => 0.35) }, name: { x: [text], y: [0.5], text: ['n'] } },
            marks: [
              { mark: 'dot', frame: 'f', x: 'x', y: 'y' },
              { mark: 'text', frame: 'name', x: 'x', y: 'y', text: 'text' },
            ],
          }),
        ),
      ).map(({ text }) => text)
    expect(ticks([1, 2, 3])).toContain('2')
    expect(ticks([1, 2, 3])).not.toContain('1.4')
    // a text is no measurement
    expect(ticks([1, 2, 3], 2.1)).not.toContain('1.4')
    expect(ticks([1, 2.25, 3])).toContain('1.4')
    // fractions may be 0 and 1, all of them
    expect(ticks([0, 1, 1])).toContain('0.5')
  })

  it('uses each clip id once, with the figure in its name, so that figures can share a page', () => {
    const svg = draw(figureOf(rate, widths))
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^test-light-720-[0-9a-f]{8}-\d+$/)
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id)
    // nor does another figure of this name take one
    const other = draw(figureOf(widths, rate))
    for (const id of ids) expect(other).not.toContain(id)
  })

  it.each([240, 360, 560, 720, 1100])(
    'clips no text and lays none on another at width %i',
    (width) => {
      for (const figure of demoFigures) expectReadable(draw(figure, width), width, figure.id)
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
    expect(() => draw(figureOf(panel))).toThrow(
      'axis "x": expected a domain [a, b] with a < b, and a > 0 on a log scale, got [2, 1]',
    )
  })
})
