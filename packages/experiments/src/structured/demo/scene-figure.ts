import { demoVocabulary } from '@nonconvex/structured/demo'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, line, panelOf, xy } from '../../figure/layers.js'
import { apart, frameOf, middle, namesOf, outlines } from '../scene-panel.js'
import type { Example } from './example.js'

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
