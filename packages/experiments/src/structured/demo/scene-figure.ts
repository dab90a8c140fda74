import { demoVocabulary } from '@nonconvex/structured/demo'
import { overlapArea, placeLabels, textWidth, type Rect } from '@nonconvex/structured/drawing'
import type { Figure, Panel, Tone } from '../../figure/figure.js'
import { dots, label, line, panelOf, xy, type Layer, type Point } from '../../figure/layers.js'
import type { Example } from './example.js'

const HEIGHT = 480
const { classes: classNames, predicates } = demoVocabulary

/** Left: the predicted scene graph. Right: the attention weights of one object. */
export function sceneFigure(example: Example): Figure {
  const { looks, truth, id, relations, missed } = example
  const words = ([s, o, p]: readonly number[]): string =>
    `${classNames[truth[s]]} ${predicates[p]} ${classNames[truth[o]]}`
  const lost =
    missed.length === 0
      ? 'No annotated relation is missed'
      : `Missed: ${missed.map(words).join(', ')}`
  return {
    id: 'scene',
    title: 'A predicted scene graph, and the attention weights of one object',
    caption: `Test scene ${id}. Left: predicted classes (true class in brackets where it differs) and the ${relations.length} top-ranked relations, each a line from the subject to the dot in the object. Right: attention of one ${classNames[truth[looks]]} on the other objects. ${lost}.`,
    panels: [graphPanel(example), attentionPanel(example)],
  }
}

/** A point of the image as a height over its bottom. */
const point = (x: number, y: number): Point & { x: number; y: number } => ({ x, y: HEIGHT - y })

const middle = ([x1, y1, x2, y2]: readonly number[]) => point((x1 + x2) / 2, (y1 + y2) / 2)

/** Outlines of boxes, one closed line each. */
const outlines = (boxes: Example['boxes']): Layer =>
  line(
    'boxes',
    boxes.flatMap(([x1, y1, x2, y2], i) =>
      [point(x1, y1), point(x2, y1), point(x2, y2), point(x1, y2), point(x1, y1)].map((corner) => ({
        ...corner,
        box: `${i}`,
      })),
    ),
    { ...xy, group: ({ box }) => box },
    { tone: 'soft', width: 1 },
  )

/** What the drawing shows: all boxes, with room for their names. */
function frameOf(boxes: Example['boxes']): Pick<Panel, 'x' | 'y' | 'square' | 'bare'> {
  const [left, top] = [0, 1].map((i) => Math.min(...boxes.map((box) => box[i])) - ROOM)
  const [right, bottom] = [2, 3].map((i) => Math.max(...boxes.map((box) => box[i])) + ROOM)
  return {
    x: { label: '', domain: [left, right] },
    y: { label: '', domain: [HEIGHT - bottom, HEIGHT - top] },
    square: true,
    bare: true,
  }
}

const ROOM = 30
/** of a text, in pixels of the image, which is drawn at about half its size */
const TYPE = { size: 21, height: 26 }

/** A text and where its middle may be, the preferred place first. */
interface Name {
  readonly text: string
  readonly tone: Tone
  readonly bold: boolean
  readonly places: readonly { readonly x: number; readonly y: number }[]
}

/** Texts with as little overlap as possible, of each other and of dots. */
function apart(names: readonly Name[], ends: readonly Point[]): Layer[] {
  const rect = (text: string, x: number, y: number): Rect => {
    const width = textWidth(text, TYPE.size, true)
    return { left: x - width / 2, top: y - TYPE.height / 2, width, height: TYPE.height }
  }
  const dotsTaken = ends.map(({ x, y }) => ({ rect: rect('o', x ?? 0, y ?? 0) }))
  const placed = placeLabels(
    names,
    ({ places, ...name }) =>
      places.map(({ x, y }) => ({ ...name, x, y, rect: rect(name.text, x, y) })),
    (at, others) =>
      [...dotsTaken, ...others].reduce((sum, one) => sum + overlapArea(at.rect, one.rect), 0),
  )
  return placed.map(({ text, x, y, tone, bold }, i) =>
    label(`name${i}`, text, [x, y], { tone, bold }),
  )
}

/** A name of each box: inside or outside of its upper or lower edge, in the middle or at a side. */
const namesOf = (boxes: Example['boxes'], text: (i: number) => string): Name[] =>
  boxes.map(([x1, y1, x2, y2], i) => {
    const half = Math.min((x2 - x1) / 2, textWidth(text(i), TYPE.size, true) / 2)
    const xs = [(x1 + x2) / 2, x1 + half, x2 - half]
    const ys = [y1 + 16, y2 - 16, y1 - 14, y2 + 14]
    return {
      text: text(i),
      tone: 'ink',
      bold: true,
      places: ys.flatMap((y) => xs.map((x) => point(x, y))),
    }
  })

/** Kinds of drawn relations, distinguished by color, dash and dot. */
const kinds = [
  { is: 'right', key: 'as annotated', tone: 'holds', dash: false, filled: true },
  { is: 'left out', key: 'true, not annotated', tone: 'ink', dash: true, filled: true },
  { is: 'wrong', key: 'wrong', tone: 'violated', dash: true, filled: false },
] as const

function graphPanel({ boxes, classes, truth, relations, are }: Example): Panel {
  const lines = relations.map(([s, o, p], i) => {
    const [from, end] = [middle(boxes[s]), middle(boxes[o])]
    const at = (t: number) => ({
      x: from.x + t * (end.x - from.x),
      y: from.y + t * (end.y - from.y),
    })
    const places = [0.45, 0.35, 0.6, 0.25, 0.7].map(at)
    // short of the middle, where lines from other subjects end as well
    return { from, to: at(0.85), places, i, text: predicates[p] }
  })
  const ofKind = (is: string) => lines.filter(({ i }) => are[i] === is)
  return panelOf({ ...frameOf(boxes), title: 'Predicted' }, [
    outlines(boxes),
    ...kinds.flatMap(({ is, ...look }) => [
      line(
        is,
        ofKind(is).flatMap(({ from, to, i }) => [from, to].map((end) => ({ ...end, i }))),
        { ...xy, group: ({ i }) => `${i}` },
        { tone: look.tone, key: look.key, dash: look.dash, width: 1.5 },
      ),
      dots(
        `${is}: object`,
        ofKind(is).map(({ to }) => to),
        xy,
        { tone: look.tone, key: look.key, filled: look.filled, radius: 4 },
      ),
    ]),
    ...apart(
      [
        ...namesOf(boxes, (i) =>
          classes[i] === truth[i]
            ? classNames[truth[i]]
            : `${classNames[classes[i]]} (${classNames[truth[i]]})`,
        ),
        ...kinds.flatMap(({ is, tone }) =>
          ofKind(is).map(({ text, places }) => ({ text, places, tone, bold: false })),
        ),
      ],
      lines.flatMap(({ from, to }) => [from, to]),
    ),
  ])
}

/** Line widths for weights up to these. */
const widths = [
  [0.1, 1],
  [0.25, 2.5],
  [0.5, 5],
  [1.01, 7],
] as const

function attentionPanel({ boxes, looks, truth, weights }: Example): Panel {
  const from = middle(boxes[looks])
  const others = weights.map((weight, i) => ({ weight, i })).filter(({ i }) => i !== looks)
  return panelOf({ ...frameOf(boxes), title: `Attention of a ${classNames[truth[looks]]}` }, [
    outlines(boxes),
    ...widths.map(([up, width], w) => {
      const above = w === 0 ? 0 : widths[w - 1][0]
      return line(
        `weight${w}`,
        others
          .filter(({ weight }) => weight > above && weight <= up)
          .flatMap(({ i }) => [from, middle(boxes[i])].map((end) => ({ ...end, i }))),
        { ...xy, group: ({ i }) => `${i}` },
        { tone: 'measured', width, opacity: 0.6 },
      )
    }),
    dots('from', [from], xy, { tone: 'measured', radius: 5 }),
    dots(
      'others',
      others.map(({ i }) => middle(boxes[i])),
      xy,
      { tone: 'measured', radius: 3 },
    ),
    ...apart(
      namesOf(boxes, (i) =>
        i === looks
          ? `this ${classNames[truth[i]]}`
          : `${classNames[truth[i]]} ${weights[i].toFixed(2)}`,
      ),
      boxes.map(middle),
    ),
  ])
}
