import { Take } from '../view/exports.js'
import { clearStarts, isRight, RANDOM, startAtRandom } from './act.js'

/**
 * What can be started and cleared: not while another field is wrong, since nothing would be seen of
 * it.
 */
export function Tools({ count }: { count: number }) {
  return (
    <div class="tools">
      <button type="button" class="strong" disabled={!isRight('random')} onClick={startAtRandom}>
        {RANDOM} random starts
      </button>
      {count > 0 && isRight('random', 'starts') && <Take name="clear" onTake={clearStarts} />}
    </div>
  )
}
