import { numberText } from '../state/text.js'
import type { Scrub } from './scrub.js'

interface Props {
  readonly scrub: Scrub
  /** what is counted: 'update' */
  readonly what: string
  /** the name of the slider */
  readonly label: string
}

/** The count that is shown, of all, and a slider over it. */
export function ScrubBar({ scrub, what, label }: Props) {
  const at = scrub.at.value
  return (
    <label class="scrub">
      <span>
        {what} <b>{numberText(at)}</b> of {numberText(scrub.most)}
      </span>
      <input
        type="range"
        class="slider"
        min={0}
        max={scrub.most}
        step={1}
        value={at}
        aria-label={label}
        onInput={(event) => {
          scrub.moveTo(Number(event.currentTarget.value))
        }}
      />
    </label>
  )
}
