import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import type { AtlasPage, FoundMinimum, FoundSaddle } from '@nonconvex/gaussian-theory/atlas'
import { GLOBAL_LOSS } from '@nonconvex/gaussian-theory/restarts'
import { ascending, smallest } from '../../averages.js'
import { pointLooks } from '../../figure/critical-points.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, labels, line, panelOf, xy } from '../../figure/layers.js'
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
    page.minima.flatMap((minimum, i): SpuriousPoint[] =>
      minimum.spurious
        ? [
            {
              m: page.shape.m,
              loss: minimum.loss,
              fraction: minimum.count / page.starts,
              exit: lowestExit(page, i),
              network: networkOf(page),
            },
          ]
        : [],
    ),
  )
  const losses = points.flatMap(({ loss, exit }) => (exit === null ? [loss] : [loss, exit]))
  const most = Math.max(0.5, ...points.map(({ fraction }) => fraction)) + 0.1
  return {
    id: 'atlas',
    title: 'The spurious local minima',
    caption: `Certified spurious local minima (squares) of ${teachers} random teachers and the alternating one, by the fraction of ${starts} random initializations that end there; each line is the barrier, up to the lowest adjacent saddle of index $1$ (diamond).`,
    panels: ascending(points.map(({ m }) => m)).map((m) =>
      atlasPanel(
        points.filter((point) => point.m === m),
        `m = ${m}`,
        { x: [0, most], y: around(losses) },
      ),
    ),
  }
}

const networkOf = ({ shape: { stride, k } }: Page): string =>
  stride === 1 ? `k = ${k}` : `k = ${k}, s = ${stride}`

/** Factor by which log axes reach beyond the points. */
const ROOM = 1.5

interface SpuriousPoint {
  readonly m: number
  readonly loss: number
  readonly fraction: number
  readonly exit: number | null
  readonly network: string
}

/** Ends of a log axis that leave room around losses. */
function around(losses: readonly number[]): readonly [number, number] {
  if (losses.length === 0) return [1e-3, 1]
  return [Math.min(...losses) / ROOM, Math.max(...losses) * ROOM]
}

/** The minima of one filter length; of each network the largest basin is named. */
function atlasPanel(
  points: readonly SpuriousPoint[],
  title: string,
  domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): Panel {
  const x = ({ fraction }: SpuriousPoint): number => fraction
  const largest = [...new Set(points.map(({ network }) => network))].map((name) =>
    points
      .filter(({ network }) => network === name)
      .reduce((a, b) => (b.fraction > a.fraction ? b : a)),
  )
  return panelOf(
    {
      title,
      x: { label: 'fraction of initializations', domain: domain.x },
      y: { label: 'loss / ‖w*‖²', scale: 'log', domain: domain.y },
    },
    [
      line(
        'barriers',
        points.flatMap(({ fraction, loss, exit }, i) =>
          [loss, exit].map((y) => ({ x: fraction, y, i })),
        ),
        { ...xy, group: ({ i }) => `${i}` },
        { tone: 'soft' },
      ),
      dots('saddles', points, { x, y: ({ exit }) => exit }, { ...pointLooks.saddle, radius: 4 }),
      dots(
        'minima',
        points,
        { x, y: ({ loss }) => loss },
        { ...pointLooks['local minimum'], radius: 4 },
      ),
      labels(
        'networks',
        largest,
        {
          x,
          y: ({ loss, exit }) => Math.sqrt(loss * (exit ?? loss)),
          text: ({ network }) => network,
        },
        beside('ink', 8),
      ),
    ],
  )
}
