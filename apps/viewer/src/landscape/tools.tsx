import { Take } from '../view/exports.js'
import { clearStarts, RANDOM, startAtRandom } from './act.js'

/** What can be started and cleared. */
export function Tools({ count }: { count: number }) {
  return (
    <div class="tools">
      <button type="button" class="strong" onClick={startAtRandom}>
        {RANDOM} random starts
      </button>
      {count > 0 && <Take name="clear" onTake={clearStarts} />}
    </div>
  )
}
