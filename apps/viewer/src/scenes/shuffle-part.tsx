import { commit, edit } from '../state/route.js'
import { numberText } from '../state/text.js'
import { Mark } from '../view/mark.js'
import { orderOf } from './demo.js'
import { changedCount } from './permuted-scene.js'
import { models, type Prediction, type Predictions, type Model } from './messages.js'
import { modelName } from './model-names.js'
import type { ScenesParams } from './params.js'

interface Props {
  readonly order: readonly number[]
  readonly params: ScenesParams
  readonly seed: number
  readonly predictions: Predictions | undefined
  readonly ordered: boolean
}

/** Buttons that list the objects in another order, and as they were made. */
export function ShuffleButtons({ order, params, seed }: Pick<Props, 'order' | 'params' | 'seed'>) {
  const { scene, shuffle, look } = params
  /** The selected object keeps its arrows, under its new number. */
  const turn = (next: number) => {
    const from = order[look - 1] ?? -1
    edit('shuffle', String(next))
    edit('look', String(orderOf(seed, scene, next, order.length).indexOf(from) + 1))
    commit('push')
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
        as made
      </button>
    </>
  )
}

/** What each model makes of the order of the objects. */
export function ShufflePart({ order, params, predictions, ordered }: Omit<Props, 'seed'>) {
  const { shuffle } = params
  const shown = models.filter((model) => ordered || model !== 'ordered')
  return (
    <div class="shuffled" aria-live="polite">
      {shuffle > 0 && (
        <>
          <p class="order">
            In another order: {order.map((from) => from + 1).join(', ')}, by their numbers as made.
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
      ? 'no score differs in any bit'
      : `the largest difference of a score is ${numberText(prediction.difference, 2)}`
  return (
    <li data-model={model}>
      <Mark
        status={holds ? 'holds' : 'violated'}
        word={holds ? 'unchanged' : changed === 0 ? 'scores changed' : 'changed'}
      />
      <p>
        <b>{modelName[model]}</b>: {labels}; with the order undone, {size}
        {holds && prediction.difference > 0 ? ', which is rounding in single precision.' : '.'}
      </p>
    </li>
  )
}
