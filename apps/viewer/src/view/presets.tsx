import type { Subject } from '../explore/explorer.js'
import { sameParams } from '../state/form.js'
import { reading, setAll } from '../state/route.js'

/** Values for all parameters at once; what is left out has its default. */
export interface Preset {
  readonly name: string
  readonly input: { readonly [name: string]: unknown }
  /** what it is good for */
  readonly title: string
}

/**
 * Buttons that fill the form; the one whose values stand there is pressed. 'reset' is a deed and
 * never pressed.
 */
export function Presets({ subject, presets }: { subject: Subject; presets: readonly Preset[] }) {
  const now = reading.value.values?.params
  return (
    <div class="presets" role="group" aria-label="Presets of values">
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
