import { describe, expect, it } from 'vitest'
import { draw, figureOf } from '../../test/drawing.js'
import { textsOf } from '../../test/svg.js'
import { band, bars, curve, dots, label, labels, line, panelOf, ruleX, ruleY } from './layers.js'

interface Run {
  readonly k: number
  readonly steps: number | null
  readonly of: string
}

const runs: readonly Run[] = [
  { k: 1, steps: 10, of: 'SGD' },
  { k: 2, steps: 20, of: 'SGD' },
  { k: 1, steps: 5, of: 'Adam' },
  { k: 2, steps: null, of: 'Adam' },
]
const at = { x: ({ k }: Run) => k, y: ({ steps }: Run) => steps }
const ends = { low: ({ steps }: Run) => steps && steps - 1, high: ({ steps }: Run) => steps }
const axes = { x: { label: 'k' }, y: { label: 'steps' } }

describe('a layer', () => {
  it('line: error bars below it, symbols on it, in its tone unless they have their own', () => {
    const { frames, marks } = line(
      'runs',
      runs,
      { ...at, ...ends },
      { tone: 'bound', dash: true, dots: { symbol: 'star' }, bars: { tone: 'soft' } },
    )
    expect(frames).toEqual({
      runs: {
        x: [1, 2, 1, 2],
        y: [10, 20, 5, null],
        low: [9, 19, 4, null],
        high: [10, 20, 5, null],
      },
    })
    const on = { frame: 'runs', x: 'x' }
    expect(marks).toEqual([
      { mark: 'interval', ...on, y1: 'low', y2: 'high', tone: 'soft' },
      { mark: 'line', ...on, y: 'y', tone: 'bound', dash: true },
      { mark: 'dot', ...on, y: 'y', tone: 'bound', symbol: 'star' },
    ])
  })

  it('line: a text beside the last point of each group that is not missing', () => {
    const { frames, marks } = line(
      'runs',
      runs,
      { ...at, group: ({ of }) => of },
      { tone: 'ink', end: { text: ({ of }) => of, dx: 6 } },
    )
    expect(frames['runs end']).toEqual({ x: [2, 1], y: [20, 5], text: ['SGD', 'Adam'] })
    expect(marks.at(-1)).toEqual({
      mark: 'text',
      frame: 'runs end',
      x: 'x',
      y: 'y',
      text: 'text',
      tone: 'ink',
      dx: 6,
    })
    expect(line('none', [], at, { end: { text: 'none' } }).frames['none end']).toEqual({
      x: [],
      y: [],
      text: [],
    })
  })

  it('dots, bars and band: columns by what they show of a row', () => {
    expect(dots('runs', runs, at, { filled: false })).toEqual({
      frames: { runs: { x: [1, 2, 1, 2], y: [10, 20, 5, null] } },
      marks: [{ mark: 'dot', frame: 'runs', x: 'x', y: 'y', filled: false }],
    })
    const both = dots('runs', runs, { ...at, ...ends }, { tone: 'ink' })
    expect(both.marks.map(({ mark, tone }) => [mark, tone])).toEqual([
      ['interval', 'ink'],
      ['dot', 'ink'],
    ])
    const own = { x: [1, 2, 1, 2], low: [9, 19, 4, null], high: [10, 20, 5, null] }
    for (const layer of [bars, band])
      expect(layer('runs', runs, { x: at.x, ...ends }).frames).toEqual({ runs: own })
    expect(band('runs', runs, { x: at.x, ...ends }, { opacity: 0.1 }).marks).toEqual([
      { mark: 'area', frame: 'runs', x: 'x', y1: 'low', y2: 'high', opacity: 0.1 },
    ])
  })

  it('label: a text at a point, nothing without one', () => {
    expect(label('name', 'here', [1, 2]).frames).toEqual({
      name: { x: [1], y: [2], text: ['here'] },
    })
    expect(label('name', 'here', undefined).frames).toEqual({ name: { x: [], y: [], text: [] } })
    expect(
      labels('names', runs, { ...at, text: ({ of }) => of }).frames['names']?.['text'],
    ).toHaveLength(4)
  })

  it('curve: equally spaced on the scale of its axis, ends exact', () => {
    const square = (x: number) => x * x
    expect(curve('f', square, [0, 4, 5]).frames['f']).toEqual({
      x: [0, 1, 2, 3, 4],
      y: [0, 1, 4, 9, 16],
    })
    const { x } = curve('f', square, [1, 16, 5, 'log']).frames['f'] as { x: readonly number[] }
    x.forEach((value, i) => expect(value).toBeCloseTo(2 ** i, 12))
  })
})

describe('panelOf', () => {
  it('draws its layers, the first below', () => {
    const panel = panelOf(axes, [
      ruleX('two', [2], { tone: 'bound' }),
      ruleY('ten', [10]),
      line('runs', runs.slice(0, 2), at, { end: { text: 'descent' } }),
    ])
    expect(panel.marks.map(({ mark }) => mark)).toEqual(['rule-x', 'rule-y', 'line', 'text'])
    expect(textsOf(draw(figureOf(panel))).map(({ text }) => text)).toContain('descent')
  })

  it('refuses different data under one name', () => {
    const one = line('runs', runs, at)
    expect(panelOf(axes, [one, one]).marks).toHaveLength(2)
    expect(() => panelOf(axes, [one, dots('runs', runs, at)])).toThrow(RangeError)
  })
})
