import { resultText, type Experiment } from '@nonconvex/experiments'
import { useComputed } from '@preact/signals'
import { commandOf } from '../export/command.js'
import { save } from '../export/save.js'
import { formatAddress } from '../state/address.js'
import { place } from '../state/place.js'
import { runOf } from '../state/runs.js'
import { useCopy } from './use-copy.js'

/** What can be taken away: the result document, a link, the command that remakes it. */
export function Exports({ experiment }: { experiment: Experiment }) {
  const run = runOf(experiment.id)
  const result = useComputed(() => run.value?.result).value
  // They belong to what is shown; before the first run, to what the form says.
  const described = (text: typeof commandOf) => () => {
    const values = run.value ?? (place.value.kind === 'subject' ? place.value : undefined)
    return values ? text(experiment, values.params, values.seed) : ''
  }
  const command = useComputed(described(commandOf)).value
  const hash = useComputed(described(formatAddress)).value
  const { said, copy } = useCopy()
  return (
    <div class="take">
      {result && (
        <Take
          name="JSON"
          onTake={() => {
            const name = `${experiment.id.replaceAll('/', '-')}-seed-${result.seed}.json`
            save(name, 'application/json', resultText(result))
          }}
        />
      )}
      <Take
        name="copy link"
        onTake={() => {
          copy('link', new URL(hash, location.href).href)
        }}
      />
      <Take
        name="copy command"
        onTake={() => {
          copy('command', command)
        }}
      />
      <code class="command">
        {command.split(/ (?=--)/).map((piece) => (
          <>
            <span key={piece}>{piece}</span>{' '}
          </>
        ))}
      </code>
      <span class="said" role="status">
        {said}
      </span>
    </div>
  )
}

/** A button that gives something away. */
export function Take({ name, onTake }: { name: string; onTake: () => void }) {
  return (
    <button type="button" class="plain" onClick={onTake}>
      {name}
    </button>
  )
}
