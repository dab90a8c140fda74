import { numberText } from '../state/text.js'
import { Mark } from '../view/mark.js'
import { describeFeatures } from './permuted-scene.js'
import type { CheckReport, Model } from './messages.js'
import { modelName } from './model-names.js'
import type { Ready, Session } from './session.js'

interface Props {
  readonly session: Session
  readonly ready: Ready | undefined
  readonly ordered: boolean
}

/** The property checker on the models: fresh scenes of 1 to 8 objects, several orders of each. */
export function CheckPart({ session, ready, ordered }: Props) {
  const shown: readonly Model[] = ordered ? ['joint', 'ordered'] : ['joint']
  return (
    <section class="part" aria-labelledby="check">
      <h2 id="check">Permutation equivariance on other scenes</h2>
      <p class="hint">
        <code>checkGPI</code> permutes the objects of new scenes and shrinks the first violation to
        a minimal counterexample. Passing is evidence, not a proof. The proof is the architecture:
        the network depends on the other objects only through sums, weighted by their features and
        not by their positions.
      </p>
      {shown.map((model) => (
        <Check key={model} model={model} session={session} ready={ready} />
      ))}
    </section>
  )
}

function Check({ model, session, ready }: { model: Model } & Omit<Props, 'ordered'>) {
  const work = session.work.value
  const checking = work.kind === 'checking' && work.model === model
  const checked = ready ? session.checks.value[model] : undefined
  return (
    <div class="check" data-model={model}>
      <button
        type="button"
        class="light"
        disabled={!ready || work.kind === 'training'}
        onClick={() => {
          if (checking) session.stop()
          else session.check(model)
        }}
      >
        {checking ? 'Stop checking' : `Check the ${modelName[model]}`}
      </button>
      <div aria-live="polite">{checked && !checking && <Report checked={checked} />}</div>
    </div>
  )
}

function Report({ checked }: { checked: CheckReport }) {
  const { ok, statement, maxError, nodes } = checked
  const [first = '', ...rest] = statement.split('\n')
  return (
    <div class="report">
      <Mark status={ok ? 'holds' : 'violated'} word={ok ? 'passed' : 'failed'} />
      <div>
        <p>
          <b>{ok ? sentence(first) : 'Predictions depend on the object order.'}</b>{' '}
          {maxError !== undefined &&
            `Max. score difference ${numberText(maxError, 2)} (tolerance in single precision: 1e−4).`}
        </p>
        {!ok && (
          <>
            <p>Minimal counterexample: {first}.</p>
            {nodes && (
              <p>
                {nodes.map((node, i) => `Node ${i}: ${describeFeatures(node)}. `).join('')}
                The checker numbers nodes from 0, the page from 1. The counterexample started as
                detector scores and was simplified for as long as it violated equivariance.
              </p>
            )}
          </>
        )}
        {rest.length > 0 && (
          <pre tabIndex={0} role="region" aria-label="Counterexample">
            {rest.join('\n')}
          </pre>
        )}
      </div>
    </div>
  )
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
