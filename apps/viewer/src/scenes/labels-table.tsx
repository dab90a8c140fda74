import { commit, edit } from '../state/place.js'
import { Mark } from '../view/mark.js'
import { className, rightCount, type Listed } from './listed.js'
import { models, type Answer, type Answers, type Model } from './messages.js'
import { modelName, shortName } from './model-names.js'
import type { Whose } from './scenes.js'
import type { Ready } from './session.js'

interface Props {
  readonly scene: Listed
  readonly answers: Answers | undefined
  readonly ready: Ready | undefined
  readonly labels: Whose
  /** with the model that depends on the order */
  readonly ordered: boolean
  readonly look: number
}

/** The labels of all models side by side; right ones and wrong ones, and how many. */
export function LabelsTable({ scene, answers, ready, labels, ordered, look }: Props) {
  const shown = models.filter((model) => ordered || model !== 'ordered')
  const share = (model: Model): string =>
    ready ? `${(100 * ready.trained.right[model]).toFixed(1)} %` : ''
  return (
    <div class="scroll labels" tabIndex={0} role="region" aria-label="Labels">
      <table>
        <thead>
          <tr>
            <th scope="col">object</th>
            {(['true', ...shown] as const).map((whose) => (
              <th key={whose} scope="col">
                <button
                  type="button"
                  class="plain"
                  aria-pressed={labels === whose}
                  title={`in the picture: ${modelName[whose]}`}
                  onClick={() => {
                    edit('labels', whose)
                    commit()
                  }}
                >
                  {shortName[whose]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scene.classes.map((c, i) => (
            <tr key={i} class={i === look ? 'looked' : undefined}>
              <th scope="row">{i + 1}</th>
              <td>{className(c)}</td>
              {shown.map((model) => (
                <td key={model}>{answers && <Label answer={answers[model]} i={i} truth={c} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr class="counts">
            <th scope="row" colSpan={2}>
              right here
            </th>
            {shown.map((model) => (
              <td key={model} data-right={model}>
                {answers && `${rightCount(answers[model], scene)} of ${scene.classes.length}`}
              </td>
            ))}
          </tr>
          {ready && (
            <tr>
              <th scope="row" colSpan={2}>
                right of {ready.trained.objects.toLocaleString('en-GB')} objects in fresh scenes
              </th>
              {shown.map((model) => (
                <td key={model}>{share(model)}</td>
              ))}
            </tr>
          )}
        </tfoot>
      </table>
    </div>
  )
}

function Label({ answer, i, truth }: { answer: Answer; i: number; truth: number }) {
  const right = answer.classes[i] === truth
  return (
    <span class={right ? 'label' : 'label wrong'}>
      <Mark status={right ? 'holds' : 'violated'} word={right ? 'right' : 'wrong'} />
      <span class="name">{className(answer.classes[i])}</span>
      <span class="sure">{answer.sure[i].toFixed(2)}</span>
      {answer.was[i] !== answer.classes[i] && (
        <span class="changed">was {className(answer.was[i])}</span>
      )}
    </span>
  )
}
