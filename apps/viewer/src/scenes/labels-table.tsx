import { commit, edit } from '../state/route.js'
import { Mark } from '../view/mark.js'
import { className, correctCount, type PermutedScene } from './permuted-scene.js'
import { models, type Prediction, type Predictions, type Model } from './messages.js'
import { modelName, shortName } from './model-names.js'
import type { LabelSource } from './params.js'
import type { Ready } from './session.js'

interface Props {
  readonly scene: PermutedScene
  readonly predictions: Predictions | undefined
  readonly ready: Ready | undefined
  readonly labels: LabelSource
  /** whether the order-dependent model is shown */
  readonly ordered: boolean
  readonly look: number
}

/** The labels of all models side by side, which are correct, and how many. */
export function LabelsTable({ scene, predictions, ready, labels, ordered, look }: Props) {
  const shown = models.filter((model) => ordered || model !== 'ordered')
  const accuracy = (model: Model): string =>
    ready ? `${(100 * ready.trained.right[model]).toFixed(1)} %` : ''
  return (
    <div class="scroll labels" tabIndex={0} role="region" aria-label="Labels">
      <table>
        <thead>
          <tr>
            <th scope="col">object</th>
            {(['true', ...shown] as const).map((labelSources) => (
              <th key={labelSources} scope="col">
                <button
                  type="button"
                  class="plain"
                  aria-pressed={labels === labelSources}
                  title={`show in the picture: ${modelName[labelSources]}`}
                  onClick={() => {
                    edit('labels', labelSources)
                    commit()
                  }}
                >
                  {shortName[labelSources]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scene.classes.map((c, i) => (
            <tr key={i} class={i === look ? 'selected' : undefined}>
              <th scope="row">{i + 1}</th>
              <td>{className(c)}</td>
              {shown.map((model) => (
                <td key={model}>
                  {predictions && <Label prediction={predictions[model]} i={i} truth={c} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr class="counts">
            <th scope="row" colSpan={2}>
              correct in this scene
            </th>
            {shown.map((model) => (
              <td key={model} data-right={model}>
                {predictions &&
                  `${correctCount(predictions[model], scene)} of ${scene.classes.length}`}
              </td>
            ))}
          </tr>
          {ready && (
            <tr>
              <th scope="row" colSpan={2}>
                accuracy on {ready.trained.objects.toLocaleString('en-US')} test objects
              </th>
              {shown.map((model) => (
                <td key={model}>{accuracy(model)}</td>
              ))}
            </tr>
          )}
        </tfoot>
      </table>
    </div>
  )
}

function Label({ prediction, i, truth }: { prediction: Prediction; i: number; truth: number }) {
  const right = prediction.classes[i] === truth
  return (
    <span class={right ? 'label' : 'label wrong'}>
      <Mark status={right ? 'holds' : 'violated'} word={right ? 'correct' : 'wrong'} />
      <span class="name">{className(prediction.classes[i])}</span>
      <span class="probability">{prediction.probabilities[i].toFixed(2)}</span>
      {prediction.was[i] !== prediction.classes[i] && (
        <span class="changed">was {className(prediction.was[i])}</span>
      )}
    </span>
  )
}
