import type { CertificateRecord, Ends } from '@nonconvex/gaussian-theory'
import type { AtlasPage } from '@nonconvex/gaussian-theory/atlas'
import { GLOBAL_LOSS } from '@nonconvex/gaussian-theory/restarts'
import { smallest } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, line, panelOf, type Layer } from '../../figure/layers.js'
import { dotStyle } from '../line-styles.js'
import type { overlapAtlas } from './experiment.js'

export interface MinimumFound {
  readonly w: readonly number[]
  readonly loss: number
  readonly count: number
  readonly spurious: boolean
  readonly certificate: CertificateRecord
}

export interface SaddleFound {
  readonly w: readonly number[]
  readonly loss: number
  readonly gradientNorm: number
  /** holds the smallest eigenvalue of the Hessian there */
  readonly smallestEigenvalue: Ends | null
  readonly largestEigenvalue: number
  readonly index: number
  readonly flattest: number
  readonly between: readonly number[]
}

/** The critical points of one network and teacher. */
export interface AtlasMeasured {
  readonly minima: readonly MinimumFound[]
  readonly saddles: readonly SaddleFound[]
  readonly open: number
}

/** What was found for one teacher. */
export interface Page extends AtlasPage {
  readonly teacher: string
  readonly minima: readonly MinimumFound[]
  readonly saddles: readonly SaddleFound[]
  readonly starts: number
}

/** Loss of the lowest saddle of index 1 beside a minimum; null if none was found there. */
export function lowestExit({ saddles }: Page, at: number): number | null {
  const beside = saddles.filter(({ index, between }) => index === 1 && between.includes(at))
  return smallest(beside.map(({ loss }) => loss))
}

/** What a minimum is; a place with a loss that is not certified is neither. */
export function kindOf({ spurious, loss }: MinimumFound): 'local' | 'global' | 'undecided' {
  if (spurious) return 'local'
  return loss < GLOBAL_LOSS ? 'global' : 'undecided'
}

/**
 * Every local minimum: how bad it is and how many starts it takes, and how far up the way out is.
 */
export function atlasFigures(
  pages: readonly Page[],
  { starts, teachers }: ParamsOf<typeof overlapAtlas>,
): Figure[] {
  const places = pages.flatMap((page) =>
    page.minima.flatMap((minimum, i) =>
      minimum.spurious
        ? [
            {
              loss: minimum.loss,
              share: minimum.count / page.starts,
              exit: lowestExit(page, i),
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
function dotsOf(places: readonly Place[], y: 'share' | 'exit'): Layer[] {
  const at = { x: (place: Place) => place.loss, y: (place: Place) => place[y] }
  const ring = { tone: 'violated', radius: 6, width: 1, filled: false } as const
  return [
    dots(
      'alternating',
      places.filter((place) => place.alternating),
      at,
      { ...ring, key: 'alternating teacher' },
    ),
    ...[...new Set(places.map(({ network }) => network))].map((name, i) =>
      dots(
        `network${i}`,
        places.filter(({ network }) => network === name),
        at,
        { tone: 'measured', ...dotStyle(i), key: name },
      ),
    ),
  ]
}

function sharePanel(places: readonly Place[]): Panel {
  const domain = around(places.map(({ loss }) => loss))
  return panelOf(
    {
      title: 'How many starts end there',
      x: { label: 'loss of the local minimum', scale: 'log', domain },
      y: { label: 'share of starts', domain: [0, 1] },
    },
    dotsOf(places, 'share'),
  )
}

function exitPanel(places: readonly Place[]): Panel {
  const losses = places.flatMap(({ loss, exit }) => (exit === null ? [loss] : [loss, exit]))
  const domain = around(losses)
  const middle = Math.sqrt(domain[0] * domain[1])
  return panelOf(
    {
      title: 'The lowest way out',
      x: { label: 'loss of the local minimum', scale: 'log', domain },
      y: { label: 'loss of the lowest index-1 saddle beside it', scale: 'log', domain },
    },
    [
      line('even', domain, { x: (loss) => loss, y: (loss) => loss }, { tone: 'bound', dash: true }),
      ...dotsOf(places, 'exit'),
      label('evenName', 'no barrier', [middle, middle], {
        tone: 'bound',
        anchor: 'start',
        dx: 10,
        dy: 14,
      }),
    ],
  )
}
