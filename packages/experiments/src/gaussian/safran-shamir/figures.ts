import { PUBLISHED_RUNS, publishedSearch } from '@nonconvex/gaussian-theory/teacher-student'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { ascending } from '../../averages.js'
import type { Axis, Figure } from '../../figure/figure.js'
import { dots, line, panelOf, ruleY } from '../../figure/layers.js'
import { dotStyle, lineStyle } from '../line-styles.js'
import type { Params } from './experiment.js'
import type { ClosedForm, FoundFamily, Searched } from './measure.js'
import { nameOf } from './named-ends.js'

/** A family that runs of one size ended at. */
export interface End extends FoundFamily {
  readonly k: number
  readonly n: number
  readonly closed: ClosedForm | undefined
}

/** The axis of k, with room for symbols at both ends. */
function axisOf(ks: Iterable<number>): Axis {
  const sorted = ascending(ks)
  const [from = 0, to = 1] = [sorted.at(0), sorted.at(-1)]
  return { label: 'k, neurons of the teacher', domain: [from - 0.3, to + 0.3] }
}

const studentName = (extra: number): string => (extra === 0 ? 'n = k' : `n = k + ${extra}`)

/** The fractions of runs that miss the teacher, beside the published ones. */
export function fractionFigure(
  searched: readonly (Searched & { readonly k: number; readonly n: number })[],
  { runs, extra }: Params,
): Figure {
  const measured = ascending(extra).flatMap((more, i) => {
    const rows = searched.filter(({ k, n }) => n === k + more)
    const interval = (missed: number) => wilsonInterval(missed, runs)
    return [
      line(
        `n=k+${more}`,
        rows,
        {
          x: ({ k }) => k,
          y: ({ missed }) => missed / runs,
          low: ({ missed }) => interval(missed).low,
          high: ({ missed }) => interval(missed).high,
        },
        {
          ...lineStyle(i),
          tone: 'measured',
          dots: { ...dotStyle(i), key: studentName(more) },
        },
      ),
    ]
  })
  const ks = ascending(searched.map(({ k }) => k))
  const [from, to] = [ks[0], ks[ks.length - 1]]
  const published = ([0, 1] as const)
    .filter((more) => extra.includes(more))
    .map((more) =>
      line(
        `published ${more}`,
        publishedSearch.filter((row) => row.extra === more && row.k >= from && row.k <= to),
        { x: ({ k }) => k, y: ({ bad }) => bad / PUBLISHED_RUNS },
        { tone: 'soft', width: 4, opacity: 0.4, ...(more === 0 && { key: 'published' }) },
      ),
    )
  return {
    id: 'fractions',
    title: 'The more neurons, the more runs miss the teacher; one extra neuron helps',
    caption: `Fraction of ${runs} random initializations from which gradient descent ends at a spurious local minimum, with Wilson's 95 % intervals. Gray: the published fractions, of ${PUBLISHED_RUNS} runs each.`,
    panels: [
      panelOf({ x: axisOf(ks), y: { label: 'fraction of runs' } }, [...published, ...measured]),
    ],
  }
}

/** The radii within which a minimum is proved to be the only critical point. */
export interface Radii {
  readonly k: number
  readonly n: number
  readonly radius: number | null
}

/** The smallest eigenvalues of the symmetric families, and the certified radii. */
export function minimaFigure(
  families: readonly { readonly k: number; readonly points: readonly ClosedForm[] }[],
  certified: readonly Radii[],
): Figure {
  const kinds = [
    { kind: 'II', p: 1 },
    { kind: 'II', p: 2 },
    { kind: 'A', p: 0 },
    { kind: 'I', p: 1 },
  ] as const
  const eigenvalues = kinds.map(({ kind, p }, i) => {
    const rows = families.flatMap(({ k, points }) => {
      const point = points.find((each) => each.kind === kind && each.p === p)
      return point ? [{ k, value: point.smallestEigenvalue }] : []
    })
    return line(
      nameOf({ kind, p }),
      rows,
      { x: ({ k }) => k, y: ({ value }) => value },
      { ...lineStyle(i), dots: { ...dotStyle(i), key: nameOf({ kind, p }) } },
    )
  })
  const radii = [
    { key: 'II₁, n = k', rows: certified.filter(({ n, k }) => n === k) },
    { key: 'its flipped neuron split, n = k + 1', rows: certified.filter(({ n, k }) => n > k) },
  ].map(({ key, rows }, i) =>
    line(
      key,
      rows,
      { x: ({ k }) => k, y: ({ radius }) => radius },
      { ...lineStyle(i), tone: 'measured', dots: { ...dotStyle(i), key } },
    ),
  )
  return {
    id: 'minima',
    title: 'From six neurons on there are spurious local minima',
    caption:
      'Left: the smallest eigenvalue at the critical points in closed form, II₁ and II₂ with one and two flipped neurons, A with all, I₁ with all but one. Right: interval arithmetic proves that a minimum is the only critical point within this distance.',
    panels: [
      panelOf(
        {
          title: 'minima above 0, saddles below',
          x: axisOf(families.map(({ k }) => k)),
          y: { label: 'smallest eigenvalue of the Hessian' },
        },
        [ruleY('zero', [0], { tone: 'rule' }), ...eigenvalues],
      ),
      panelOf(
        {
          title: 'proved around the minima',
          x: axisOf(certified.map(({ k }) => k)),
          y: { label: 'certified radius', scale: 'log' },
        },
        radii,
      ),
    ],
  }
}

/** The losses at which runs end, and those of the symmetric minima. */
export function lossFigure(
  families: readonly { readonly k: number; readonly points: readonly ClosedForm[] }[],
  ends: readonly End[],
  split: readonly { readonly k: number; readonly loss: number }[],
): Figure {
  const minima = families.flatMap(({ k, points }) =>
    points
      .filter(({ smallestEigenvalue }) => smallestEigenvalue > 0)
      .map((point) => ({ k, ...point })),
  )
  const groups = [
    { key: 'end, n = k', rows: ends.filter(({ n, k, closed }) => n === k && closed) },
    { key: 'end, n = k, not in closed form', rows: ends.filter((e) => e.n === e.k && !e.closed) },
    { key: 'end, n > k', rows: ends.filter(({ n, k }) => n > k) },
  ]
  const loss = { x: ({ k }: { k: number }) => k, y: ({ loss }: { loss: number }) => loss }
  const looks = [
    { tone: 'measured' },
    { tone: 'violated', symbol: 'star', radius: 6 },
    { tone: 'measured', symbol: 'square', radius: 3 },
  ] as const
  return {
    id: 'losses',
    title: 'Runs end at minima in closed form, with few exceptions',
    caption:
      'Loss at the points where runs ended, one for each family of points that differ by permutations. Open circles: the symmetric local minima with $n = k$, of kind II with at most half of the neurons flipped, of kind A with all and of kind I with all but a few. Open squares: where II₁ leads once its flipped neuron is split.',
    panels: [
      panelOf({ x: axisOf(families.map(({ k }) => k)), y: { label: 'loss' } }, [
        dots('closed', minima, loss, {
          tone: 'soft',
          filled: false,
          radius: 5,
          key: 'closed form, n = k',
        }),
        dots('split', split, loss, {
          tone: 'soft',
          symbol: 'square',
          filled: false,
          radius: 6,
          key: 'II₁ split, n = k + 1',
        }),
        ...groups.flatMap(({ key, rows }, i) =>
          rows.length === 0 ? [] : [dots(key, rows, loss, { ...looks[i], key })],
        ),
      ]),
    ],
  }
}
