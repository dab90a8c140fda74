import { counted } from '@nonconvex/optim/claims'
import { numberText } from '../state/text.js'
import type { Snapshot } from './training.js'

/** Length of the bar in its units. */
const LENGTH = 300

/**
 * The counter of updates of a run, on a bar with the bound of the theorem. Both bars have one scale,
 * logarithmic from 1 to `most`.
 */
export function Counter({ snapshot, most }: { snapshot: Snapshot; most: number }) {
  const { updates, problem } = snapshot
  const bound = problem.bound && Math.floor(problem.bound.bounds.best)
  const at = (count: number) => (LENGTH * Math.log10(1 + count)) / Math.log10(1 + most)
  return (
    <div class="counter">
      <p>
        <b>{numberText(updates)}</b> {updates === 1 ? 'update' : 'updates'}{' '}
        {bound === undefined ? (
          <span class="allowed none">(no bound)</span>
        ) : (
          <span class="allowed">of at most {numberText(bound)}</span>
        )}
      </p>
      <svg viewBox={`0 0 ${LENGTH} 12`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" y={4} width={LENGTH} height={4} />
        <rect class="measured" y={2} width={at(updates)} height={8} />
        {bound !== undefined && (
          <path class="bound" d={`M${Math.min(LENGTH - 1, at(bound))} 0V12`} />
        )}
      </svg>
    </div>
  )
}

/** What has come of a run, in a sentence. */
export function Outcome({ snapshot }: { snapshot: Snapshot }) {
  const { updated, loss, error, dead, problem, net } = snapshot
  const n = problem.examples.data.y.length
  const right = n - Math.round(error * n)
  return (
    <p class="came">
      {endText(snapshot)} {updated.size} of {n} points caused an update (ringed).{' '}
      {right < n && `${right} of ${n} points are classified correctly. `}
      {loss > 0 && `Loss ${numberText(loss, 3)}. `}
      {dead && `${dead.units.length} of ${2 * net.k} units are dead.`}
    </p>
  )
}

function endText({ status, dead, problem }: Snapshot): string {
  switch (status) {
    case 'converged':
      return 'Converged: the loss is exactly 0.'
    case 'stuck':
      return `Stuck: no unit is active on ${counted(dead?.examples.length ?? 0, 'point')} with a positive loss, so their loss never changes.`
    case 'max-steps':
      return `Not converged after ${numberText(problem.options.maxSteps)} steps.`
    case 'not-finite':
      return 'Diverged: an output overflowed.'
    case 'running':
    case 'aborted':
    case 'violated':
      return 'Training.'
  }
}
