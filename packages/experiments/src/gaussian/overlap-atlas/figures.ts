import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lowestExit } from './page.js'
import type { Page } from './page.js'
import type { AtlasParams } from './params.js'

/** Every local minimum: how bad it is and how many starts it takes, and how far up the way out is. */
export function atlasFigures(pages: readonly Page[], { starts, teachers }: AtlasParams): Figure[] {
  const places = pages.flatMap((page) =>
    page.minima.flatMap((minimum, i) =>
      minimum.spurious
        ? [
            {
              loss: minimum.loss,
              share: minimum.count / page.starts,
              exit: lowestExit(page, i) ?? null,
              alternating: page.teacher === 'alternating',
            },
          ]
        : [],
    ),
  )
  return [
    {
      id: 'atlas',
      title: 'The local minima that are not global',
      caption: `Each point is a certified local minimum of one network and teacher; ${teachers} random teachers (blue) and the alternating one (red) for each network. Left: its loss, and how many of ${starts} random starts end there. Right: its loss, and that of the lowest saddle over which it can be left; the distance from the dashed line is the barrier. Losses in units of $\\lVert w^*\\rVert^2$.`,
      panels: [sharePanel(places), exitPanel(places)],
    },
  ]
}

/** Factor by which log axes reach beyond the points. */
const ROOM = 1.5

interface Place {
  readonly loss: number
  readonly share: number
  readonly exit: number | null
  readonly alternating: boolean
}

/** Ends of a log axis that leave room around losses. */
function around(losses: readonly number[]): [number, number] {
  if (losses.length === 0) return [1e-3, 1]
  return [Math.min(...losses) / ROOM, Math.max(...losses) * ROOM]
}

function split(places: readonly Place[], y: 'share' | 'exit'): { [name: string]: Frame } {
  const of = (alternating: boolean): Frame => {
    const some = places.filter((place) => place.alternating === alternating)
    return { x: some.map(({ loss }) => loss), y: some.map((place) => place[y]) }
  }
  return { random: of(false), alternating: of(true) }
}

const dots: readonly Mark[] = [
  { mark: 'dot', frame: 'random', x: 'x', y: 'y', tone: 'measured', radius: 3, opacity: 0.75 },
  {
    mark: 'dot',
    frame: 'alternating',
    x: 'x',
    y: 'y',
    tone: 'violated',
    symbol: 'diamond',
    filled: false,
  },
]

function sharePanel(places: readonly Place[]): Panel {
  const domain = around(places.map(({ loss }) => loss))
  return {
    title: 'How many starts end there',
    x: { label: 'loss of the local minimum', scale: 'log', domain },
    y: { label: 'share of starts', domain: [0, 1] },
    frames: {
      ...split(places, 'share'),
      alternatingName: { x: [domain[1]], y: [0.95], text: ['alternating teacher'] },
      randomName: { x: [domain[1]], y: [0.86], text: ['random teachers'] },
    },
    marks: [
      ...dots,
      nameMark('alternatingName', { tone: 'violated', anchor: 'end', dx: -6 }),
      nameMark('randomName', { tone: 'measured', anchor: 'end', dx: -6 }),
    ],
  }
}

function exitPanel(places: readonly Place[]): Panel {
  const losses = places.flatMap(({ loss, exit }) => (exit === null ? [loss] : [loss, exit]))
  const domain = around(losses)
  const middle = Math.sqrt(domain[0] * domain[1])
  return {
    title: 'The lowest way out',
    x: { label: 'loss of the local minimum', scale: 'log', domain },
    y: { label: 'loss of the lowest saddle beside it', scale: 'log', domain },
    frames: {
      ...split(places, 'exit'),
      even: { x: domain, y: domain },
      evenName: { x: [middle], y: [middle], text: ['no barrier'] },
    },
    marks: [
      { mark: 'line', frame: 'even', x: 'x', y: 'y', tone: 'bound', dash: true },
      ...dots,
      nameMark('evenName', { tone: 'bound', anchor: 'start', dx: 10, dy: 14 }),
    ],
  }
}
