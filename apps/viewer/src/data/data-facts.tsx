import type { ComponentChildren } from 'preact'
import { counted } from '@nonconvex/optim/claims'
import { numberText } from '../state/text.js'
import type { DataAnswer } from './messages.js'

/** What was found, a line each. Names come from the file and stay text. */
export function DataFacts({ answer, name }: { answer: DataAnswer; name: string }) {
  const { fit, classes, labelColumn } = answer
  const { table, runs, guarantees } = fit
  const last = runs[runs.length - 1]
  const bound = last.bounds && Math.floor(last.bounds.best)
  const fact = (title: string, text: ComponentChildren) => (
    <div key={title}>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </div>
  )
  return (
    <dl class="data-facts" aria-label={`What was found of ${name}`}>
      {fact(
        'Examples',
        <>
          {numberText(table.examples)}, {counted(table.features, 'feature')};{' '}
          {numberText(table.positives)} of class <b>{classes.positive}</b>,{' '}
          {numberText(table.negatives)} of class <b>{classes.negative}</b>
          {labelColumn !== undefined && (
            <>
              , by column <b>{labelColumn}</b>
            </>
          )}
        </>,
      )}
      {fact('Separable', separableText(answer))}
      {fact(
        'Updates',
        <>
          <span class="measured">{numberText(last.updates)}</span>
          {bound === undefined ? (
            ', no bound'
          ) : (
            <>
              , <span class="bound">at most {numberText(bound)} by the theorem</span>
            </>
          )}{' '}
          (k = {last.k})
        </>,
      )}
      {fact(
        'Training errors',
        `${numberText(last.train.errors)} of ${numberText(last.train.examples)}; ${last.status === 'converged' ? 'loss exactly 0' : `loss ${numberText(last.loss, 3)} after ${numberText(last.steps)} steps`}`,
      )}
      {fact(
        'Compression set',
        `${counted(last.distinct, 'example')} with an update; they alone give the same network`,
      )}
      {fact('Certificate', <span class="bound">{guarantees.statement}</span>)}
    </dl>
  )
}

function separableText({ fit }: DataAnswer): string {
  const { separation, radius } = fit
  switch (separation.kind) {
    case 'separable':
      return `yes: margin γ = ${numberText(separation.lo / radius, 3)} R`
    case 'inseparable':
      return `no: a combination of ${counted(separation.witness.length, 'example')} contradicts every hyperplane. Hypothesis not met; there is no bound on the updates`
    case 'undecided':
      return `undecided: ${separation.why ?? 'neither a separator nor a contradiction was found'}`
  }
}
