import type { Verdict } from '@nonconvex/optim/claims'
import type { Run } from '../state/run.js'
import { Mark } from './mark.js'
import { countsText, worstStatus } from './run-status.js'
import { Prose } from './tex.js'

interface Props {
  readonly status: Run['status'] | undefined
  /** those of this run, if it has any yet */
  readonly verdicts: readonly Verdict[] | undefined
}

/**
 * The verdicts counted, in one line above the figures, and the hypotheses that fail.
 */
export function Summary({ status, verdicts }: Props) {
  const unmet = [...new Set(verdicts?.flatMap(unmetOf))]
  const known = status !== undefined && verdicts !== undefined
  return (
    <div class={known ? 'summary' : undefined}>
      {known && <Mark status={status === 'running' ? 'running' : worstStatus(verdicts)} />}
      <p role="status">
        {known && `${spoken[status]}: ${countsText(verdicts, status === 'running')}`}
      </p>
      {unmet.length > 0 && (
        <p class="unmet">
          Hypotheses that fail:{' '}
          {unmet.map((text, i) => (
            <>
              {i > 0 && '; '}
              <Prose text={text} />
            </>
          ))}
          .
        </p>
      )}
    </div>
  )
}

const spoken: { readonly [status in Run['status']]: string } = {
  waiting: 'Before',
  running: 'So far',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
}

function unmetOf({ status, hypotheses }: Verdict): string[] {
  if (status !== 'inapplicable') return []
  return hypotheses.filter((hypothesis) => hypothesis.status === 'fails').map(({ text }) => text)
}
