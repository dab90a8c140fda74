import * as Plot from '@observablehq/plot'
import { reader, zip, type Reader } from './columns.js'
import { scalesOf } from './extent.js'
import type { Panel, TextMark } from './figure.js'
import { keyGap, keyOf, keyStep, type KeyEntry } from './key.js'
import { fontSize, leftOf, textWidth, wrap, type Label } from './labels.js'
import { plotMarks, type Brush } from './marks.js'
import { place, type Scale } from './scale.js'
import type { Theme } from './theme.js'
import { ticksOf, type Tick } from './ticks.js'

/** The inner rectangle of a panel, in pixels from the panel's corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * A panel with everything but its height determined: axes, ticks and the margins that its texts
 * need.
 */
export interface Plan {
  readonly panel: Panel
  readonly brush: Brush
  readonly width: number
  readonly left: number
  readonly right: number
  /** height of the frame that suits it, in pixels */
  readonly frameHeight: number
  readonly yTicks: readonly Tick[]
  /** the names of the axes with their arrows, in lines that fit the panel */
  readonly xName: readonly string[]
  readonly yName: readonly string[]
  /** lines above the axes that say what marks mean */
  readonly key: readonly (readonly KeyEntry[])[]
}

/** Margins that the panels of a row have in common. */
export interface Row {
  readonly top: number
  readonly bottom: number
  readonly frameHeight: number
}

/** distance between the lines of an axis' name, or of a title */
export const lineStep = 14
/** least distance between names on an axis */
const namedStep = 15
/** part of the width that names on an axis take before they are set in lines */
const mostNamed = 0.45
const linesOf = ({ label }: Tick): number => label.split('\n').length
const topMargin = 28
const bottomMargin = 42
/** above and below panels without axes */
const bareMargin = 14
const tallest = 440
const tickSize = 4
const tickPadding = 4

/** Decides a panel's axes and margins, for a given width. */
export function planPanel(panel: Panel, theme: Theme, width: number, where: string): Plan {
  const read = reader(panel, where)
  const { x, y } = scalesOf(panel, read)
  const names = panel.y.names
    ?.map(named)
    .filter(({ label }) => label !== '')
    .map((name) => ({ ...name, label: wrap(name.label, width * mostNamed).join('\n') }))
  // names stand one above the other, however many there are
  const places = names ? y.domain[1] - y.domain[0] : 0
  const step = namedStep + lineStep * (Math.max(1, ...(names ?? []).map(linesOf)) - 1)
  const wanted = Math.max(Math.min(340, Math.max(190, width * 0.66)), places * step)
  const yTicks = panel.bare ? [] : (names ?? ticksOf(y, Math.round(wanted / 38)))
  const left = panel.bare
    ? 0
    : tickSize +
      tickPadding +
      4 +
      Math.max(
        14,
        ...yTicks.flatMap(({ label }) => label.split('\n').map((line) => textWidth(line))),
      )
  const nameOf = (label: string, arrow: (text: string) => string): string[] =>
    panel.bare ? [] : wrap(arrowed(label, arrow), width)
  const xName = nameOf(panel.x.label, (text) => `${text} →`)
  const yName = nameOf(panel.y.label, (text) => `↑ ${text}`)
  const key = keyOf(panel, read, width)
  const plan = { panel, brush: { read, theme, x, y }, width, left, yTicks, xName, yName, key }
  const inner = width - left - 14
  const lastTick = panel.bare ? undefined : xTicksOf(x, inner).at(-1)
  const overhang = lastTick
    ? (place(x, lastTick.value) - 1) * inner + textWidth(lastTick.label) / 2 + 2
    : 0
  const bare = panel.bare ? 0 : Math.max(14, overhang)
  // texts may stand beyond the frame on the right, where lines end: make room for them, within
  // reason
  const frame = { left, top: 0, width: width - left - bare, height: wanted }
  const beyond = labelsOf(panel, plan.brush, frame)
    .filter(({ anchor }) => anchor === 'start')
    .map((label) => leftOf(label) + textWidth(label.text, label.bold) + 4 - (width - bare))
  const right = Math.min(Math.max(bare, ...beyond), Math.max(bare, width * 0.35))
  if (!panel.square) return { ...plan, right, frameHeight: wanted }
  const span = ({ log, domain: [a, b] }: Scale): number => (log ? Math.log(b / a) : b - a)
  const aspect = span(y) / span(x)
  const frameWidth = Math.min(width - left - right, tallest / aspect)
  return { ...plan, right: width - left - frameWidth, frameHeight: frameWidth * aspect }
}

/** What the panels of a row need together, so that their frames are aligned. */
export function rowOf(plans: readonly Plan[]): Row {
  const lines = (name: (plan: Plan) => readonly string[]): number =>
    Math.max(1, ...plans.map((plan) => name(plan).length)) - 1
  const keyLines = Math.max(...plans.map(({ key }) => key.length))
  const bare = plans.every(({ panel }) => panel.bare)
  return {
    top:
      (bare ? bareMargin : topMargin) +
      lineStep * lines(({ yName }) => yName) +
      (keyLines === 0 ? 0 : keyLines * keyStep + keyGap),
    bottom: (bare ? bareMargin : bottomMargin) + lineStep * lines(({ xName }) => xName),
    frameHeight: Math.max(...plans.map(({ frameHeight }) => frameHeight)),
  }
}

/** The frame of a panel in its row; a map keeps its own height, at the row's bottom. */
export function frameOf({ panel, width, left, right, frameHeight }: Plan, row: Row): Box {
  const height = panel.square ? frameHeight : row.frameHeight
  return { left, top: row.top + row.frameHeight - height, width: width - left - right, height }
}

const arrowed = (label: string, arrow: (text: string) => string): string =>
  label === '' || /[↑↓→←]/.test(label) ? label : arrow(label)

/** Marks and axes of a panel as an SVG element; its texts are not in it. */
export function plotPanel(plan: Plan, frame: Box, bottom: number, document: Document): Element {
  const { panel, brush, width, right, yTicks } = plan
  const { theme, x, y } = brush
  const map = panel.marks.some((mark) => mark.mark === 'contour')
  const xTicks = panel.bare ? [] : xTicksOf(x, frame.width)
  const look = { fontSize, tickSize, tickPadding, color: theme.ink, label: null }
  return Plot.plot({
    document,
    className: 'nonconvex-figure',
    width,
    height: frame.top + frame.height + bottom,
    marginLeft: frame.left,
    marginRight: right,
    marginTop: frame.top,
    marginBottom: bottom,
    x: { type: x.log ? 'log' : 'linear', domain: [...x.domain], axis: null },
    y: { type: y.log ? 'log' : 'linear', domain: [...y.domain], axis: null },
    marks: [
      ...(map ? [] : [Plot.ruleY(valuesOf(yTicks), { stroke: theme.rule, strokeWidth: 1 })]),
      Plot.axisX(valuesOf(xTicks), { ...look, text: labeled(xTicks) }),
      Plot.axisY(valuesOf(yTicks), { ...look, text: labeled(yTicks) }),
      ...panel.marks.flatMap((mark) => plotMarks(mark, brush)),
    ],
  })
}

/** The text marks of a panel as labels, in pixels of the panel, where their authors put them. */
export function labelsOf(panel: Panel, brush: Brush, frame: Box): Label[] {
  return panel.marks
    .filter((mark) => mark.mark === 'text')
    .flatMap((mark) => markLabels(mark, brush, brush.read, frame))
}

function markLabels(mark: TextMark, { theme, x, y }: Brush, read: Reader, frame: Box): Label[] {
  // what lies outside the domain, or cannot be shown on a log axis, is named at the edge
  const along = (scale: Scale, value: number): number =>
    scale.log && value <= 0 ? 0 : Math.min(1, Math.max(0, place(scale, value)))
  return zip<[number | null, number | null, string]>(
    read.numbers(mark, mark.x),
    read.numbers(mark, mark.y),
    read.texts(mark, mark.text),
  ).flatMap(([a, b, text]) =>
    a === null || b === null || text === ''
      ? []
      : {
          text,
          x: frame.left + along(x, a) * frame.width + (mark.dx ?? 0),
          y: frame.top + (1 - along(y, b)) * frame.height + (mark.dy ?? 0),
          anchor: mark.anchor ?? 'middle',
          bold: mark.bold ?? false,
          color: theme[mark.tone ?? 'ink'],
        },
  )
}

const named = (label: string, i: number): Tick => ({ value: i + 1, label })

/** As many ticks as have room for their labels. */
function xTicksOf(scale: Scale, width: number): Tick[] {
  let ticks: Tick[] = []
  for (let count = Math.max(2, Math.round(width / 56)); count >= 2; count--) {
    ticks = ticksOf(scale, count)
    const widest = Math.max(0, ...ticks.map(({ label }) => textWidth(label)))
    const at = ticks.map(({ value }) => place(scale, value) * width)
    if (at.every((p, i) => i === 0 || p - at[i - 1] >= widest + 8)) break
  }
  return ticks
}

const valuesOf = (ticks: readonly Tick[]): number[] => ticks.map(({ value }) => value)

const labeled =
  (ticks: readonly Tick[]) =>
  (value: number): string =>
    ticks.find((tick) => tick.value === value)?.label ?? ''
