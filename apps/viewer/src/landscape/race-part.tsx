import { useMemo, useRef } from 'preact/hooks'
import { numberText } from '../state/text.js'
import { PlayBar } from '../view/play-bar.js'
import { Scrub } from '../view/scrub.js'
import { useFrames } from '../view/use-frames.js'
import type { CriticalPoint } from './critical-points.js'
import type { Problem } from './problem.js'
import { MOST, raceOf, reachedWith, SEQUENCES, type Race } from './race.js'
import { useSlowly } from './use-slowly.js'

interface Props {
  readonly problem: Problem
  readonly points: readonly CriticalPoint[]
  readonly seed: number
  /** the loss changes under the pointer */
  readonly rough: boolean
}

/** How many random restarts it takes, beside 1 − (1 − p)ⁿ. */
export function RacePart({ problem, points, seed, rough }: Props) {
  const race = useSlowly(
    () => (rough ? undefined : raceOf(problem, points, seed)),
    [problem, points, seed, rough],
  )
  // what is known stays, dimmed, until there is more
  const last = useRef<Race>(undefined)
  last.current = race ?? last.current
  const drawn = last.current
  const table = useMemo(() => drawn && <Restarts race={drawn} />, [drawn])
  return (
    <section class="race">
      <h2>Random restarts</h2>
      <div class={race ? undefined : 'waiting'} aria-busy={race === undefined}>
        {table ?? 'Running gradient descent…'}
      </div>
    </section>
  )
}

/** A row for each restart: its ends at the left, the fraction of successes so far at the right. */
function Restarts({ race }: { race: Race }) {
  const scrub = useMemo(() => new Scrub(race.longest), [race])
  const mode = scrub.mode.value
  useFrames((passed) => scrub.tick(passed / 2), [scrub, mode])
  const shown = scrub.at.value
  const rows = Array.from({ length: race.longest }, (_, i) => i + 1)
  const { p } = race
  return (
    <>
      <p class="remark">
        From {numberText(100 * p, 3)} % of the circle gradient descent reaches w*. {SEQUENCES}{' '}
        sequences of random restarts, each up to its first success:
      </p>
      {race.longest > 1 && <PlayBar player={scrub} label="Random restarts" />}
      <div class="scroll" tabIndex={0} role="region" aria-label="Table: random restarts">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                n
              </th>
              <th scope="col">ends of the n-th restart</th>
              <th scope="col">reached w* within n restarts</th>
              <th scope="col" class="number">
                1 − (1 − p)ⁿ
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((n) => (
              <Row key={n} n={n} race={race} shown={n <= shown} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">
        Filled: w*; hollow: another end. p is found by gradient descent from 360 directions, with
        bisection where the end changes. A sequence stops after {MOST} restarts.
      </p>
    </>
  )
}

const MARK = 6
/** Marks in a line: two lines for each restart. */
const PER_LINE = SEQUENCES / 2

function Row({ n, race, shown }: { n: number; race: Race; shown: boolean }) {
  const { p, sequences } = race
  const reached = reachedWith(race, n)
  const expected = 1 - (1 - p) ** n
  return (
    <tr class={shown ? undefined : 'ahead'}>
      <td class="number">{n}</td>
      <td>
        <svg
          class="ends"
          viewBox={`0 0 ${MARK * PER_LINE} ${(MARK * SEQUENCES) / PER_LINE}`}
          role="img"
          aria-label={endsText(race, n)}
        >
          {sequences.map((ends, i) => {
            const end = ends[n - 1]
            return (
              end && (
                <circle
                  key={i}
                  class={end === 'global' ? 'reached' : 'missed'}
                  cx={MARK * ((i % PER_LINE) + 0.5)}
                  cy={MARK * (Math.floor(i / PER_LINE) + 0.5)}
                  r={0.36 * MARK}
                />
              )
            )
          })}
        </svg>
      </td>
      <td>
        <svg class="reached-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <path class="all" d="M0 6H100" />
          <rect class="fill" x={0} y={3} width={(100 * reached) / SEQUENCES} height={6} />
          <path class="expected" d={`M${100 * expected} 0V12`} />
        </svg>
        {reached} of {SEQUENCES}
      </td>
      <td class="number">{numberText(expected, 3)}</td>
    </tr>
  )
}

function endsText({ sequences }: Race, n: number): string {
  const ends = sequences.flatMap((sequence) => sequence[n - 1] ?? [])
  const reached = ends.filter((end) => end === 'global').length
  return `${reached} of ${ends.length} reached w*`
}
