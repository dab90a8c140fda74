import type { Experiment } from '@nonconvex/experiments'
import { commit, draft, reading, setAll } from '../state/place.js'
import { start } from '../state/runs.js'
import { sameParams } from '../state/form.js'
import { Field } from './field.js'
import { RunBar } from './run-bar.js'

/** The form made from an experiment's schema, with its presets, and the bar that runs it. */
export function Form({ experiment }: { experiment: Experiment }) {
  return (
    <form
      class="form"
      aria-label="Parameters"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const { values } = reading.value
        commit()
        if (values) start(experiment, values.params, values.seed)
        else event.currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      }}
    >
      <Presets experiment={experiment} />
      {Object.entries(experiment.params.fields).map(([name, param]) => (
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

function Presets({ experiment }: { experiment: Experiment }) {
  const now = reading.value.values?.params
  const sets = [
    {
      name: 'quick',
      input: experiment.presets.quick,
      title: seconds(experiment.expectedSeconds.quick),
    },
    {
      name: 'full',
      input: experiment.presets.full,
      title: seconds(experiment.expectedSeconds.full),
    },
    { name: 'reset', input: {}, title: 'every parameter as the experiment has it by itself' },
  ]
  return (
    <div class="presets" role="group" aria-label="Sets of values">
      {sets.map(({ name, input, title }) => (
        <button
          key={name}
          type="button"
          class="plain"
          title={title}
          aria-pressed={
            name === 'reset'
              ? undefined
              : now !== undefined && sameParams(experiment, now, experiment.params.parse(input))
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

function seconds(count: number): string {
  return count < 90
    ? `about ${Number(count.toPrecision(2))} s on one core`
    : `about ${Number((count / 60).toPrecision(2))} min on one core`
}
