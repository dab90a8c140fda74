import { commit, edit } from '../state/route.js'
import { numberText } from '../state/text.js'
import { Mark } from '../view/mark.js'
import { orderOf } from './demo.js'
import { changedCount } from './permuted-scene.js'
import { models, type Prediction, type Predictions, type Model } from './messages.js'
import { modelName } from './model-names.js'
import type { ScenesParams } from './params.js'

interface Props {
  /** in the order of the page, as they were made; without those that were deleted */
  readonly objects: readonly number[]
  readonly params: ScenesParams
  readonly seed: number
  readonly predictions: Predictions | undefined
  readonly ordered: boolean
}

/** Buttons that permute the objects, and restore the original order. */
export function ShuffleButtons({
  objects,
  count,
  params,
  seed,
}: Pick<Props, 'objects' | 'params' | 'seed'> & {
  /** objects of the scene, with those that were deleted */
  readonly count: number
}) {
  const { scene, shuffle, look } = params
  /** The selected object keeps its arrows, under its new number. */
  const turn = (next: number) => {
    const from = objects[look - 1] ?? -1
    const order = orderOf(seed, scene, next, count).filter((each) => objects.includes(each))
    edit('shuffle', String(next))
    edit('look', String(order.indexOf(from) + 1))
    commit()
  }
  return (
    <>
      <button
        type="button"
        class="light"
        onClick={() => {
          turn((shuffle % 99) + 1)
        }}
      >
        Shuffle the objects
      </button>
      <button
        type="button"
        class="plain"
        disabled={shuffle === 0}
        onClick={() => {
          turn(0)
        }}
      >
        original order
      </button>
    </>
  )
}

/** How the predictions of each model change with the order of the objects. */
export function ShufflePart({ objects, params, predictions, ordered }: Omit<Props, 'seed'>) {
  const { shuffle } = params
  const shown = models.filter((model) => ordered || model !== 'ordered')
  return (
    <div class="shuffled" aria-live="polite">
      {shuffle > 0 && (
        <>
          <p class="order">
            Permuted: {objects.map((from) => from + 1).join(', ')} (numbers of the original order).
          </p>
          {predictions && (
            <ul>
              {shown.map((model) => (
                <Moved key={model} model={model} prediction={predictions[model]} />
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  )
}

/** Tolerance of checkGPI for single precision. */
const tolerance = 1e-4

function Moved({ model, prediction }: { model: Model; prediction: Prediction }) {
  const changed = changedCount(prediction)
  const holds = changed === 0 && prediction.difference <= tolerance
  const labels =
    changed === 0
      ? 'labels unchanged'
      : changed === 1
        ? '1 label changed'
        : `${changed} labels changed`
  const size =
    prediction.difference === 0
      ? 'scores are bit-identical'
      : `max. score difference ${numberText(prediction.difference, 2)}`
  return (
    <li data-model={model}>
      <Mark
        status={holds ? 'holds' : 'violated'}
        word={holds ? 'unchanged' : changed === 0 ? 'scores changed' : 'changed'}
      />
      <p>
        <b>{modelName[model]}</b>: {labels}; with the permutation undone, {size}
        {holds && prediction.difference > 0 ? ' (rounding in single precision).' : '.'}
      </p>
    </li>
  )
}
