import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import type { AtlasPage, FoundMinimum, FoundSaddle } from '@nonconvex/gaussian-theory/atlas'
import { GLOBAL_LOSS } from '@nonconvex/gaussian-theory/restarts'
import { smallest } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, label, line, panelOf, type Layer } from '../../figure/layers.js'
import { dotStyle } from '../line-styles.js'
import type { Params } from './experiment.js'

type Plain<Found> = Omit<Found, 'w'> & { readonly w: readonly number[] }
/** A minimum with its interval certificate. */
export type MinimumFound = Plain<FoundMinimum> & { readonly proof: CertificateRecord }
export type SaddleFound = Plain<FoundSaddle>

export interface AtlasMeasured {
  readonly minima: readonly MinimumFound[]
  readonly saddles: readonly SaddleFound[]
  readonly open: number
}

export interface Page extends AtlasPage, AtlasMeasured {
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

/** The kind of a minimum; undecided if it is not certified. */
export function kindOf({ spurious, loss }: MinimumFound): 'local' | 'global' | 'undecided' {
  if (spurious) return 'local'
  return loss < GLOBAL_LOSS ? 'global' : 'undecided'
}

/** Every spurious local minimum: its loss, its basin of attraction, and its barrier. */
export function atlasFigure(pages: readonly Page[], { starts, teachers }: Params): Figure {
  const points = pages.flatMap((page) =>
    page.minima.flatMap((minimum, i) =>
      minimum.spurious
        ? [
            {
              loss: minimum.loss,
              fraction: minimum.count / page.starts,
              exit: lowestExit(page, i),
              alternating: page.teacher === 'alternating',
              network: networkOf(page),
            },
          ]
        : [],
    ),
  )
  return {
    id: 'atlas',
    title: 'The spurious local minima',
    caption: `Each point is a certified spurious local minimum of one network and one of ${teachers} random teachers or the alternating one (ringed). Left: its loss and the fraction of ${starts} random initializations that end there. Right: its loss and that of the lowest adjacent saddle of index $1$; the distance from the dashed line is the barrier. Losses in units of $\\lVert w^*\\rVert^2$.`,
    panels: [basinPanel(points), barrierPanel(points)],
  }
}

const networkOf = ({ shape: { m, stride, k } }: Page): string => `m = ${m}, s = ${stride}, k = ${k}`

/** Factor by which log axes reach beyond the points. */
const ROOM = 1.5

interface SpuriousPoint {
  readonly loss: number
  readonly fraction: number
  readonly exit: number | null
  readonly alternating: boolean
  readonly network: string
}

/** Ends of a log axis that leave room around losses. */
function around(losses: readonly number[]): [number, number] {
  if (losses.length === 0) return [1e-3, 1]
  return [Math.min(...losses) / ROOM, Math.max(...losses) * ROOM]
}

/** The points by network, with a ring around those of alternating teachers. */
function dotsOf(points: readonly SpuriousPoint[], y: 'fraction' | 'exit'): Layer[] {
  const at = { x: (point: SpuriousPoint) => point.loss, y: (point: SpuriousPoint) => point[y] }
  const ring = { tone: 'violated', radius: 6, width: 1, filled: false } as const
  return [
    dots(
      'alternating',
      points.filter((point) => point.alternating),
      at,
      { ...ring, key: 'alternating teacher' },
    ),
    ...[...new Set(points.map(({ network }) => network))].map((name, i) =>
      dots(
        `network${i}`,
        points.filter(({ network }) => network === name),
        at,
        { tone: 'measured', ...dotStyle(i), key: name },
      ),
    ),
  ]
}

function basinPanel(points: readonly SpuriousPoint[]): Panel {
  const domain = around(points.map(({ loss }) => loss))
  return panelOf(
    {
      title: 'Basins of attraction',
      x: { label: 'loss of the local minimum', scale: 'log', domain },
      y: { label: 'fraction of initializations', domain: [0, 1] },
    },
    dotsOf(points, 'fraction'),
  )
}

function barrierPanel(points: readonly SpuriousPoint[]): Panel {
  const losses = points.flatMap(({ loss, exit }) => (exit === null ? [loss] : [loss, exit]))
  const domain = around(losses)
  const middle = Math.sqrt(domain[0] * domain[1])
  return panelOf(
    {
      title: 'Barriers',
      x: { label: 'loss of the local minimum', scale: 'log', domain },
      y: { label: 'loss of the lowest adjacent index-1 saddle', scale: 'log', domain },
    },
    [
      line('even', domain, { x: (loss) => loss, y: (loss) => loss }, { tone: 'bound', dash: true }),
      ...dotsOf(points, 'exit'),
      label('evenName', 'no barrier', [middle, middle], beside('bound', 10, 14)),
    ],
  )
}
