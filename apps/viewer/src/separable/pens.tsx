import { PlainButton } from '../view/exports.js'
import type { Pen } from './plane.js'

const pens: readonly { readonly pen: Pen; readonly name: string }[] = [
  { pen: 1, name: 'class +1' },
  { pen: -1, name: 'class −1' },
  { pen: 'erase', name: 'erase' },
]

interface Props {
  readonly pen: Pen
  readonly onPick: (pen: Pen) => void
  readonly onClear: () => void
}

/** What the pointer draws, and a clean picture. */
export function Pens({ pen, onPick, onClear }: Props) {
  return (
    <fieldset class="pens">
      <legend>Draw</legend>
      {pens.map(({ pen: each, name }) => (
        <label key={name}>
          <input
            type="radio"
            name="pen"
            checked={pen === each}
            onChange={() => {
              onPick(each)
            }}
          />
          {each !== 'erase' && (
            <svg class="plane-mark" viewBox="0 0 14 14" aria-hidden="true">
              <circle class={each > 0 ? 'plus' : 'minus'} cx={7} cy={7} r={5.2} />
            </svg>
          )}
          {name}
        </label>
      ))}
      <PlainButton name="clear" onPress={onClear} />
    </fieldset>
  )
}
