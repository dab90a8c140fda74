import {
  certifyMinimum,
  criticalPoints,
  eulerNumber,
  findSaddles,
  isSpurious,
  localMinima,
  proveKinds,
  type CriticalKind,
  type KindsProved,
} from '@nonconvex/gaussian-theory'
import { stream } from '@nonconvex/tensor'
import { lookAt, type Look, type Problem } from './problem.js'
import type { Point } from './starts.js'

export type PlaceKind =
  'global minimum' | 'local minimum' | 'saddle' | 'local maximum' | 'no derivative'

/** A critical point of the loss, or the origin, where it has no derivative. */
export interface Place extends Look {
  readonly kind: PlaceKind
  readonly at: Point
  /** how it is known: 'proved by interval arithmetic', 'found numerically, not certified' */
  readonly known: string
}

/** All that is known of a loss's critical points. */
export interface Places {
  readonly places: readonly Place[]
  /** a sentence on whether there are others */
  readonly completeness: string
}

const PROVED = 'proved by interval arithmetic'
const FOUND = 'found numerically, not certified'
/** Starts and searches of the numerical look; the landscape of two weights has five points at most. */
const STARTS = 24
const SEARCHES = 24
/** Directions in which the origin is left. */
const DIRECTIONS = 64

export function placesOf(problem: Problem): Places {
  return problem.apart ? apartPlaces(problem) : overlapPlaces(problem)
}

const kindNames: Readonly<Record<CriticalKind, PlaceKind>> = {
  minimum: 'global minimum',
  localMinimum: 'local minimum',
  saddle: 'saddle',
  maximum: 'local maximum',
  degenerate: 'no derivative',
}

/** Without overlap all of them are known in closed form, and their kinds have proofs. */
function apartPlaces(problem: Problem): Places {
  const { teacher, k } = problem
  const proofs = k >= 2 ? proveKinds(teacher, k) : undefined
  const places = criticalPoints(teacher, k).map(({ kind, w }): Place => {
    const at = { x: w[0] + 0, y: w[1] + 0 }
    const proved = proofs !== undefined && isProved(kind, proofs)
    return {
      ...{ kind: kindNames[kind], at, ...lookAt(problem, at) },
      known: proved ? `closed form, kind ${PROVED}` : 'closed form',
    }
  })
  return {
    places,
    completeness: proofs?.others.proved
      ? `There is no other critical point, ${PROVED}.`
      : 'There is no other critical point: the gradient has a part across every ray but two, that of the teacher and the opposite one, and on these the loss is a parabola.',
  }
}

function isProved(kind: CriticalKind, { slopes, minimum, saddle }: KindsProved): boolean {
  if (kind === 'maximum') return slopes !== null && slopes[1] < 0
  if (kind === 'minimum') return minimum.status === 'certified'
  return kind === 'saddle' && saddle.proved
}

/** With overlap they are looked for: minima by descent, saddles by Newton's method. */
function overlapPlaces(problem: Problem): Places {
  const { teacher, k, stride } = problem
  const network = { k, stride }
  const draws = stream(1)
  const global = { x: teacher[0], y: teacher[1] }
  const minima = localMinima(teacher, { ...network, stream: draws, starts: STARTS }).minima
  const others = minima.filter(({ w }) => Math.hypot(w[0] - global.x, w[1] - global.y) > 1e-3)
  const saddles = findSaddles(teacher, [teacher, ...others.map(({ w }) => w)], {
    ...{ ...network, stream: draws, searches: SEARCHES },
  })
  const place = (kind: PlaceKind, at: Point, known: string): Place => ({
    ...{ kind, at, known, ...lookAt(problem, at) },
  })
  const places = [
    originOf(problem),
    place('global minimum', global, 'exact: the loss is never below 0'),
    ...others.map(({ w }) => {
      const spurious = isSpurious(certifyMinimum(w, teacher, { ...network, rigor: 'proof' }))
      return place('local minimum', { x: w[0], y: w[1] }, spurious ? PROVED : FOUND)
    }),
    ...saddles.map(({ w, index }) =>
      place(index === 2 ? 'local maximum' : 'saddle', { x: w[0], y: w[1] }, FOUND),
    ),
  ]
  const sum = saddles.reduce((total, { index }) => total + (-1) ** index, 1 + others.length)
  const expected = eulerNumber(2)
  return {
    places,
    completeness:
      sum === expected
        ? `That there is no other is not proved; minima less saddles give ${sum}, as they must if none is missing or degenerate.`
        : `Some critical point is missing or degenerate: minima less saddles give ${sum}, and all must give ${expected}.`,
  }
}

/** The cone's tip at 0, and whether the loss falls from there in every direction that is tried. */
function originOf(problem: Problem): Place {
  const at = { x: 0, y: 0 }
  let falling = 0
  for (let i = 0; i < DIRECTIONS; i++) {
    const angle = (2 * Math.PI * i) / DIRECTIONS
    const [x, y] = [Math.cos(angle), Math.sin(angle)]
    // along a ray the slope has a limit at 0
    const slope = lookAt(problem, { x: 1e-9 * x, y: 1e-9 * y }).slope
    if (slope && slope.gradient[0] * x + slope.gradient[1] * y < 0) falling++
  }
  return {
    ...{ kind: falling === DIRECTIONS ? 'local maximum' : 'no derivative', at },
    ...lookAt(problem, at),
    known: `falls in ${falling} of ${DIRECTIONS} directions tried`,
  }
}

/** The critical point where a run has come to rest, if there is one within `reach`. */
export function placeNear(
  places: readonly Place[],
  { x, y }: Point,
  reach: number,
): { readonly place: Place; readonly distance: number } | undefined {
  const near = places
    .map((place) => ({ place, distance: Math.hypot(place.at.x - x, place.at.y - y) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)
  return near[0]
}
