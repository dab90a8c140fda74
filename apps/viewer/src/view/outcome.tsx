import type { Experiment } from '@nonconvex/experiments'
import { sameParams } from '../state/form.js'
import { place } from '../state/place.js'
import { runOf, type Run } from '../state/runs.js'
import { DataTable } from './data-table.js'
import { Exports } from './exports.js'
import { FigureView } from './figure-view.js'
import { countsText } from './run-status.js'
import { Verdicts } from './verdicts.js'

/** What happens: figures and verdicts that grow while the run goes on, data, and what can be taken away. */
export function Outcome({ experiment }: { experiment: Experiment }) {
  const run = runOf(experiment.id).value
  const conclusion = run?.conclusion
  return (
    <section class="outcome" aria-label="What happens">
      <p class="unseen" role="status">
        {run && conclusion && `${spoken(run)}: ${countsText(conclusion.verdicts)}`}
      </p>
      {!run && <Invitation experiment={experiment} />}
      {run && <Stale run={run} />}
      {run && !conclusion && <p class="waiting">Waiting for the first cell…</p>}
      {conclusion?.figures.map((figure) => (
        <FigureView key={figure.id} experiment={experiment.id} figure={figure} />
      ))}
      {run && conclusion && <Verdicts run={run} verdicts={conclusion.verdicts} />}
      {conclusion?.tables.map((table) => (
        <DataTable key={table.id} experiment={experiment.id} table={table} />
      ))}
      <Exports experiment={experiment} run={run} />
    </section>
  )
}

function spoken(run: Run): string {
  switch (run.status) {
    case 'running':
      return 'So far'
    case 'done':
      return 'Done'
    case 'stopped':
      return 'Stopped'
    case 'failed':
      return 'Failed'
  }
}

function Invitation({ experiment }: { experiment: Experiment }) {
  const { theorem, paper, talk, ours } = experiment.source
  return (
    <div class="invitation">
      <p>
        Nothing has been run yet. <b>Run</b> checks the claim with the values in the form; the
        figure and the verdicts appear here and grow with each cell.
      </p>
      <p class="source">{[theorem, paper, talk, ours].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

/** Says so when what is shown belongs to other values than those in the form. */
function Stale({ run }: { run: Run }) {
  const now = place.value
  if (now.kind !== 'experiment') return null
  const same = sameParams(run.experiment, run.params, now.params) && run.seed === now.seed
  if (same) return null
  return (
    <p class="stale" role="note">
      What is shown belongs to the last run, not to the values in the form. Run again to see theirs.
    </p>
  )
}
