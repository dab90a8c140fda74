import type { Failure } from '@nonconvex/experiments'
import { rigorText, type Hypothesis, type Json, type Verdict } from '@nonconvex/optim/claims'
import { numberText, withMinus } from '../state/text.js'
import { Mark } from './mark.js'
import { verdictStatus } from './run-status.js'
import { Prose } from './tex.js'

interface Props {
  readonly verdicts: readonly Verdict[]
  readonly running: boolean
}

/** The claims of a run, decided as far as its rows go. */
export function Verdicts({ verdicts, running }: Props) {
  return (
    <ul class="verdicts" aria-label="Verdicts">
      {verdicts.map((verdict) => (
        <VerdictItem key={verdict.claim} verdict={verdict} running={running} />
      ))}
    </ul>
  )
}

/** Cells that failed, and claims that could not be decided: the verdicts of the others stand. */
export function Failures({ failures }: { failures: readonly Failure[] }) {
  if (failures.length === 0) return null
  return (
    <section class="failure" role="alert" aria-label="Failures">
      <p class="error">
        {failures.length === 1 ? '1 failure' : `${failures.length} failures`}. Claims that need a
        failed cell are inconclusive; the others are decided.
      </p>
      <ul>
        {failures.map(({ key, message }) => (
          <li key={key}>
            <code>{key}</code>: {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

function VerdictItem({ verdict, running }: { verdict: Verdict; running: boolean }) {
  const status = verdictStatus(verdict.status, running)
  return (
    <li class="verdict" data-claim={verdict.claim} data-status={verdict.status}>
      <Mark status={status} />
      <div class="statement">
        <h2>
          <Prose text={verdict.title} />
        </h2>
        <p>
          <Prose text={withMinus(verdict.statement)} />
        </p>
        <Details verdict={verdict} />
      </div>
      <p class="how">
        <span class={`word ${status}`} aria-hidden="true">
          {status}
        </span>
        <span class="rigor">{rigorText(verdict)}</span>
      </p>
    </li>
  )
}

function Details({ verdict }: { verdict: Verdict }) {
  const { hypotheses, witness, source } = verdict
  const origin = [source.theorem, source.paper, source.talk, source.ours]
    .filter(Boolean)
    .join(' · ')
  const inside = [
    hypotheses.length > 0 &&
      (hypotheses.length === 1 ? '1 hypothesis' : `${hypotheses.length} hypotheses`),
    origin !== '' && 'source',
    witness !== undefined && 'witness',
  ].filter(Boolean)
  if (inside.length === 0) return null
  return (
    <details>
      <summary>{inside.join(', ')}</summary>
      {hypotheses.length > 0 && (
        <ul class="hypotheses">
          {hypotheses.map((hypothesis) => (
            <HypothesisItem key={hypothesis.text} hypothesis={hypothesis} />
          ))}
        </ul>
      )}
      {origin !== '' && (
        <p class="source">
          <Prose text={origin} />
        </p>
      )}
      {witness !== undefined && (
        <pre tabIndex={0} role="region" aria-label={`Witness: ${verdict.title}`}>
          {shortJson(witness)}
        </pre>
      )}
    </details>
  )
}

function HypothesisItem({ hypothesis }: { hypothesis: Hypothesis }) {
  const { text, status, measured } = hypothesis
  return (
    <li>
      <Prose text={text} />:{' '}
      <b
        class={status.replace(' ', '-')}
        title={status === 'by construction' ? 'ensured by the program, not measured' : undefined}
      >
        {status}
      </b>
      {measured !== undefined && ` (${numberText(measured)})`}
    </li>
  )
}

/** A witness as text, cut where it would fill the page: the JSON export has all of it. */
function shortJson(witness: Json): string {
  const text = JSON.stringify(witness, null, 1)
  return text.length > 4000 ? `${text.slice(0, 4000)}\n… (all of it is in the JSON export)` : text
}
