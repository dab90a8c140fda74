import { resultText, type Experiment } from '@nonconvex/experiments'
import { useComputed } from '@preact/signals'
import { commandOf } from '../export/command.js'
import { save } from '../export/save.js'
import { formatAddress } from '../state/address.js'
import { route } from '../state/route.js'
import { runs } from '../state/runs.js'
import { useCopy } from './use-copy.js'

/** The result document, a link, and the command that reproduces the run. */
export function Exports({ experiment }: { experiment: Experiment }) {
  const run = runs.runOf(experiment.id)
  const result = useComputed(() => run.value?.result).value
  // They belong to what is shown; before the first run, to what the form says.
  const described = (text: typeof commandOf) => () => {
    const values = run.value ?? (route.value.kind === 'subject' ? route.value : undefined)
    return values ? text(experiment, values.params, values.seed) : ''
  }
  const command = useComputed(described(commandOf)).value
  const hash = useComputed(described(formatAddress)).value
  const { status, copy, copyLink } = useCopy()
  return (
    <div class="downloads">
      {result && (
        <PlainButton
          name="JSON"
          onPress={() => {
            const name = `${experiment.id.replaceAll('/', '-')}-seed-${result.seed}.json`
            save(name, 'application/json', resultText(result))
          }}
        />
      )}
      <PlainButton
        name="copy link"
        onPress={() => {
          copyLink(hash)
        }}
      />
      <PlainButton
        name="copy command"
        onPress={() => {
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
      <span class="status" role="status">
        {status}
      </span>
    </div>
  )
}

/** A button that looks like a link. */
export function PlainButton({ name, onPress }: { name: string; onPress: () => void }) {
  return (
    <button type="button" class="plain" onClick={onPress}>
      {name}
    </button>
  )
}
