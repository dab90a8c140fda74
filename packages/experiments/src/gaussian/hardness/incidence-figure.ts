import type { Figure, Mark, Panel, Tone } from '../../figure/figure.js'
import { bestOf, type Found, type OnSystem } from './conclude.js'
import { systemTitle } from './instance.js'
import type { HardnessParams } from './params.js'

/** Which element is in which subset, and the side on which the best start put it. */
export function incidenceFigure({ hard, blocked }: Found, params: HardnessParams): Figure {
  return {
    id: 'incidence',
    title: 'The partition that descent found, on the elements of every subset',
    caption:
      'A dot where an element is in a subset; its colour and shape are the part that the best start gives the element. A subset is split if its column has two kinds of dots; columns that are not are marked red. Left: the system that can be split; right: the one that cannot, in which some column is always red.',
    panels: [
      incidencePanel(systemTitle(params.instance), hard),
      incidencePanel(systemTitle(params.blocked), blocked),
    ],
  }
}

const tones: readonly Tone[] = ['measured', 'bound', 'holds', 'undecided', 'ink']
const symbols = ['circle', 'diamond', 'square', 'triangle', 'star'] as const

function incidencePanel(name: string, found: OnSystem): Panel {
  const axis = { x: { label: 'subset' }, y: { label: 'element' } } as const
  if (!found.system) return { title: name, ...axis, frames: {}, marks: [] }
  const { n, subsets, k } = found.system
  const { partition } = bestOf(found)
  const whole = subsets.flatMap((subset, c) =>
    subset.every((i) => partition[i] === partition[subset[0]]) ? [c + 1] : [],
  )
  const parts = Array.from({ length: k }, (_, part) => part)
  const dots = parts.map((part) => {
    const places = subsets.flatMap((subset, c) =>
      subset.filter((i) => partition[i] === part).map((i) => [c + 1, i + 1] as const),
    )
    return { x: places.map(([x]) => x), y: places.map(([, y]) => y) }
  })
  const marks = parts.map((part): Mark => ({
    mark: 'dot',
    frame: `part${part}`,
    x: 'x',
    y: 'y',
    radius: 5,
    tone: tones[part % tones.length],
    symbol: symbols[part % symbols.length],
    key: `part ${part}`,
  }))
  return {
    title: `${name}: ${whole.length === 0 ? 'all subsets split' : `${whole.length} of ${subsets.length} not split`}`,
    x: { ...axis.x, domain: [0.5, Math.max(1, subsets.length) + 0.5] },
    y: {
      ...axis.y,
      domain: [0.4, n + 0.6],
      names: Array.from({ length: n }, (_, i) => String(i)),
    },
    frames: {
      whole: { x: whole },
      ...Object.fromEntries(dots.map((frame, part) => [`part${part}`, frame])),
    },
    marks: [
      {
        mark: 'rule-x',
        frame: 'whole',
        x: 'x',
        tone: 'violated',
        width: 9,
        opacity: 0.35,
        key: 'subset not split',
      },
      ...marks,
    ],
  }
}
