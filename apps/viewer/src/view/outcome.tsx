import type { Experiment } from '@nonconvex/experiments'
import { useComputed } from '@preact/signals'
import { sameParams } from '../state/form.js'
import { route } from '../state/route.js'
import { runOf } from '../state/runs.js'
import { secondsText } from '../state/text.js'
import { DataTable } from './data-table.js'
import { Exports } from './exports.js'
import { FigureView } from './figure-view.js'
import { Summary } from './summary.js'
import { Failures, Verdicts } from './verdicts.js'

/**
 * What happens: figures and verdicts that grow while the run goes on, data, and what can be taken
 * away.
 */
export function Outcome({ experiment }: { experiment: Experiment }) {
  // Parts of the run, so that what is shown is made anew only when its own part changes.
  const run = runOf(experiment.id)
  const status = useComputed(() => run.value?.status).value
  const conclusion = useComputed(() => run.value?.conclusion).value
  const before = useComputed(() => run.value?.before).value
  const failures = useComputed(() => run.value?.failures).value ?? []
  const running = status === 'running'
  // Until the first cell is done the previous run stays, dimmed, so that the page does not jump.
  const shown = conclusion ?? (running ? before : undefined)
  return (
    <section class={status ? 'outcome begun' : 'outcome'} aria-label="Results">
      <Summary status={status} verdicts={conclusion?.verdicts} />
      {status === undefined && <Invitation experiment={experiment} />}
      <Failure experiment={experiment} />
      {running && !conclusion ? (
        <p class="waiting">Running the first cell…{before && ' Dimmed: the previous run.'}</p>
      ) : (
        <Stale experiment={experiment} />
      )}
      <div class={shown && shown !== conclusion ? 'dimmed' : undefined}>
        {shown?.figures.map((figure) => (
          <FigureView key={figure.id} experiment={experiment.id} figure={figure} />
        ))}
        <Failures failures={failures} />
        {shown && <Verdicts verdicts={shown.verdicts} running={running} />}
        {shown?.tables.map((table) => (
          <DataTable key={table.id} experiment={experiment.id} table={table} />
        ))}
      </div>
      <Exports experiment={experiment} />
    </section>
  )
}

function Invitation({ experiment }: { experiment: Experiment }) {
  const { theorem, paper, talk, ours } = experiment.source
  const { quick, full } = experiment.expectedSeconds
  return (
    <div class="invitation">
      <p>
        No run yet. <b>Run</b> checks the claim with the values in the form; figures and verdicts
        appear here and are updated with each cell. On one core <b>quick</b> takes{' '}
        {secondsText(quick)}, <b>full</b> {secondsText(full)}.
      </p>
      <p class="source">{[theorem, paper, talk, ours].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

/** Why a run failed, and what to do. */
function Failure({ experiment }: { experiment: Experiment }) {
  const run = runOf(experiment.id)
  const message = useComputed(() => run.value?.message).value
  if (message === undefined) return null
  return (
    <div class="failure" role="alert">
      <p class="error">The run failed: {message}</p>
      <p>Change the values named above, or the seed, and run again.</p>
    </div>
  )
}

/** A note when the results belong to other values than those in the form. */
function Stale({ experiment }: { experiment: Experiment }) {
  const run = runOf(experiment.id)
  const stale = useComputed(() => {
    const now = route.value
    if (!run.value || now.kind !== 'subject') return false
    const { params, seed } = run.value
    return !sameParams(experiment, params, now.params) || seed !== now.seed
  }).value
  if (!stale) return null
  return (
    <p class="stale" role="note">
      These results are from the previous run. Run again with the current values.
    </p>
  )
}
