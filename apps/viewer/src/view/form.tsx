import type { Experiment, Param } from '@nonconvex/experiments'
import { commit, draft, reading } from '../state/route.js'
import { runs } from '../state/runs.js'
import { secondsText } from '../state/text.js'
import { Field } from './field.js'
import { RunBar } from './run-bar.js'
import { Presets, type Preset } from './presets.js'

/** The form made from an experiment's schema, with its presets, and the bar that runs it. */
export function Form({ experiment }: { experiment: Experiment }) {
  // who comes to the form will run it
  const warmUp = () => {
    runs.warmUp(experiment)
  }
  return (
    <form
      class="form"
      aria-label="Parameters"
      noValidate
      onPointerEnter={warmUp}
      onFocusCapture={warmUp}
      onSubmit={(event) => {
        event.preventDefault()
        const { values } = reading.value
        commit()
        if (values) {
          runs.start(experiment, values.params, values.seed)
          requestAnimationFrame(bringIntoView)
        } else event.currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      }}
    >
      <Presets subject={experiment} presets={presetsOf(experiment)} />
      {fieldsOf(experiment).map(([name, param]) => (
        <Field
          key={name}
          name={name}
          param={param}
          text={draft.value.texts[name] ?? ''}
          error={reading.value.errors[name]}
        />
      ))}
      <RunBar experiment={experiment} />
    </form>
  )
}

/**
 * All but files, which no page reads; one that an address names is shown, so that it can be
 * removed.
 */
function fieldsOf({ params }: Experiment): [string, Param][] {
  return Object.entries(params.fields).filter(
    ([name, { kind }]) => kind !== 'file' || (draft.value.texts[name] ?? '') !== '',
  )
}

/** Scrolls to the results when a run starts and they are below the form, as on a phone. */
function bringIntoView(): void {
  const outcome = document.querySelector('.outcome')
  if (!outcome || outcome.getBoundingClientRect().top < 0.7 * innerHeight) return
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  outcome.scrollIntoView({ behavior: still ? 'auto' : 'smooth' })
}

function presetsOf(experiment: Experiment): readonly Preset[] {
  const { presets, expectedSeconds } = experiment
  return [
    {
      name: 'quick',
      input: presets.quick,
      title: `${secondsText(expectedSeconds.quick)} on one core`,
    },
    {
      name: 'full',
      input: presets.full,
      title: `${secondsText(expectedSeconds.full)} on one core`,
    },
    { name: 'reset', input: {}, title: 'default values of all parameters' },
  ]
}
