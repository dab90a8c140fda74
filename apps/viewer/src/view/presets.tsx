import type { Subject } from '../explore/explorer.js'
import { sameParams } from '../state/form.js'
import { reading, setAll } from '../state/route.js'

/** Values for all parameters; a missing one has its default. */
export interface Preset {
  readonly name: string
  readonly input: { readonly [name: string]: unknown }
  /** what it shows */
  readonly title: string
}

/**
 * Buttons that fill the form; the one whose values the form has is pressed. 'reset' is an action and
 * never pressed.
 */
export function Presets({ subject, presets }: { subject: Subject; presets: readonly Preset[] }) {
  const now = reading.value.values?.params
  return (
    <div class="presets" role="group" aria-label="Presets">
      {presets.map(({ name, input, title }) => (
        <button
          key={name}
          type="button"
          class="plain"
          title={title}
          aria-pressed={
            name === 'reset'
              ? undefined
              : now !== undefined && sameParams(subject, now, subject.params.parse(input))
          }
          onClick={() => {
            setAll(input)
          }}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
