import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { dotStyle } from '../line-styles.js'
import { lowestExit, type Page } from './page.js'
import type { AtlasParams } from './params.js'

/**
 * Every local minimum: how bad it is and how many starts it takes, and how far up the way out is.
 */
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
              network: networkOf(page),
            },
          ]
        : [],
    ),
  )
  return [
    {
      id: 'atlas',
      title: 'The local minima that are not global',
      caption: `Each point is a certified local minimum of one network and teacher; a shape for each network of filter length $m$, stride $s$ and $k$ windows; ${teachers} random teachers and the alternating one (ringed) for each. Left: its loss, and how many of ${starts} random starts end there. Right: its loss, and that of the lowest saddle of index $1$ over which it can be left; the distance from the dashed line is the barrier. Losses in units of $\\lVert w^*\\rVert^2$.`,
      panels: [sharePanel(places), exitPanel(places)],
    },
  ]
}

const networkOf = ({ shape: { m, stride, k } }: Page): string => `m = ${m}, s = ${stride}, k = ${k}`

/** Factor by which log axes reach beyond the points. */
const ROOM = 1.5

interface Place {
  readonly loss: number
  readonly share: number
  readonly exit: number | null
  readonly alternating: boolean
  readonly network: string
}

/** Ends of a log axis that leave room around losses. */
function around(losses: readonly number[]): [number, number] {
  if (losses.length === 0) return [1e-3, 1]
  return [Math.min(...losses) / ROOM, Math.max(...losses) * ROOM]
}

/** The places with a ring around those of alternating teachers, by network. */
function dotsOf(
  places: readonly Place[],
  y: 'share' | 'exit',
): { frames: { [name: string]: Frame }; marks: Mark[] } {
  const networks = [...new Set(places.map(({ network }) => network))]
  const frame = (of: (place: Place) => boolean): Frame => {
    const some = places.filter(of)
    return { x: some.map(({ loss }) => loss), y: some.map((place) => place[y]) }
  }
  return {
    frames: {
      alternating: frame((place) => place.alternating),
      ...Object.fromEntries(
        networks.map((name, i) => [`network${i}`, frame(({ network }) => network === name)]),
      ),
    },
    marks: [
      {
        mark: 'dot',
        frame: 'alternating',
        x: 'x',
        y: 'y',
        tone: 'violated',
        radius: 6,
        width: 1,
        filled: false,
        key: 'alternating teacher',
      },
      ...networks.map((name, i): Mark => ({
        mark: 'dot',
        frame: `network${i}`,
        x: 'x',
        y: 'y',
        tone: 'measured',
        ...dotStyle(i),
        key: name,
      })),
    ],
  }
}

function sharePanel(places: readonly Place[]): Panel {
  const domain = around(places.map(({ loss }) => loss))
  return {
    title: 'How many starts end there',
    x: { label: 'loss of the local minimum', scale: 'log', domain },
    y: { label: 'share of starts', domain: [0, 1] },
    ...dotsOf(places, 'share'),
  }
}

function exitPanel(places: readonly Place[]): Panel {
  const losses = places.flatMap(({ loss, exit }) => (exit === null ? [loss] : [loss, exit]))
  const domain = around(losses)
  const dots = dotsOf(places, 'exit')
  const middle = Math.sqrt(domain[0] * domain[1])
  return {
    title: 'The lowest way out',
    x: { label: 'loss of the local minimum', scale: 'log', domain },
    y: { label: 'loss of the lowest index-1 saddle beside it', scale: 'log', domain },
    frames: {
      ...dots.frames,
      even: { x: domain, y: domain },
      evenName: { x: [middle], y: [middle], text: ['no barrier'] },
    },
    marks: [
      { mark: 'line', frame: 'even', x: 'x', y: 'y', tone: 'bound', dash: true },
      ...dots.marks,
      nameMark('evenName', { tone: 'bound', anchor: 'start', dx: 10, dy: 14 }),
    ],
  }
}
