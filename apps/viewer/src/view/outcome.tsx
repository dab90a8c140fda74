import type { Experiment } from '@nonconvex/experiments'
import { useComputed } from '@preact/signals'
import { sameParams } from '../state/form.js'
import { route } from '../state/route.js'
import { runs } from '../state/runs.js'
import { adviceOn, secondsText } from '../state/text.js'
import { DataTable } from './data-table.js'
import { Exports } from './exports.js'
import { FigureView } from './figure-view.js'
import { Printed } from './printed.js'
import { Summary } from './summary.js'
import { Failures, Verdicts } from './verdicts.js'

/**
 * What happens: figures and verdicts that grow while the run goes on, data, and what can be taken
 * away.
 */
export function Outcome({ experiment }: { experiment: Experiment }) {
  // Parts of the run, so that what is shown is made anew only when its own part changes.
  const run = runs.runOf(experiment.id)
  const status = useComputed(() => run.value?.status).value
  const conclusion = useComputed(() => run.value?.conclusion).value
  const before = useComputed(() => run.value?.before).value
  const failures = useComputed(() => run.value?.failures).value ?? []
  const running = status === 'running'
  const begun = running || status === 'waiting'
  const stale = useComputed(() => isStale(experiment)).value
  // Until the first cell is done the previous run stays, dimmed, so that the page does not jump.
  const shown = conclusion ?? (begun ? before : undefined)
  return (
    <section class={status ? 'outcome begun' : 'outcome'} aria-label="Results">
      <RunValues experiment={experiment} />
      <Summary status={status} verdicts={conclusion?.verdicts} />
      {status === undefined && <Invitation experiment={experiment} />}
      <Failure experiment={experiment} />
      {running && !conclusion ? (
        <p class="waiting">Running the first cell…{before && ' Dimmed: the previous run.'}</p>
      ) : (
        <Note experiment={experiment} stale={stale} />
      )}
      <div class={(shown && shown !== conclusion) || stale ? 'dimmed' : undefined}>
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
  const run = runs.runOf(experiment.id)
  const message = useComputed(() => run.value?.message).value
  if (message === undefined) return null
  return (
    <div class="failure" role="alert">
      <p class="error">The run failed: {message}</p>
      <p>{adviceOn(message)}</p>
    </div>
  )
}

/** The values of the run. */
function RunValues({ experiment }: { experiment: Experiment }) {
  const run = useComputed(() => runs.runOf(experiment.id).value).value
  return run ? <Printed subject={experiment} params={run.params} seed={run.seed} /> : null
}

/** Whether the results belong to other values than those in the form, and none are on their way. */
function isStale(experiment: Experiment): boolean {
  const now = route.value
  const run = runs.runOf(experiment.id).value
  if (!run || now.kind !== 'subject' || runs.pendingId.value === experiment.id) return false
  return !sameParams(experiment, run.params, now.params) || run.seed !== now.seed
}

/** Which values the results belong to, where that is not plain. */
function Note({ experiment, stale }: { experiment: Experiment; stale: boolean }) {
  const stored = useComputed(() => runs.runOf(experiment.id).value?.stored).value
  const expected = useComputed(() => {
    const now = route.value
    return now.kind === 'subject' ? runs.expectedSeconds(experiment, now.params) : 0
  }).value
  if (stale)
    return (
      <p class="stale" role="note">
        Out of date: these results are for other values. <b>Run</b> computes those of the form (
        {secondsText(expected)}).
      </p>
    )
  if (stored !== 'quick') return null
  return (
    <p class="stored" role="note">
      Stored result of the quick preset, seed 1. <b>Run</b> computes it here (
      {secondsText(expected)}).
    </p>
  )
}
