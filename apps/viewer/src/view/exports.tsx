import { resultText, type Experiment } from '@nonconvex/experiments'
import { useState } from 'preact/hooks'
import { commandOf } from '../export/command.js'
import { save } from '../export/save.js'
import { formatAddress } from '../state/address.js'
import { place } from '../state/place.js'
import type { Run } from '../state/runs.js'

/** What can be taken away: the result document, a link, the command that remakes it. */
export function Exports({ experiment, run }: { experiment: Experiment; run: Run | undefined }) {
  const [said, setSaid] = useState('')
  const now = place.value
  if (now.kind !== 'experiment') return null
  const { params, seed } = run ?? now
  const result = run?.result
  const link = () => new URL(formatAddress(experiment, params, seed), location.href).href
  const copy = (what: string, text: string) => {
    void copyText(text).then((done) => {
      setSaid(
        done ? `${what} copied` : `This browser allows no copying. Take it from here: ${text}`,
      )
    })
  }
  const command = commandOf(experiment, params, seed)
  return (
    <div class="take">
      {result && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            const name = `${experiment.id.replaceAll('/', '-')}-seed-${seed}.json`
            save(name, 'application/json', resultText(result))
          }}
        >
          JSON
        </button>
      )}
      <button
        type="button"
        class="plain"
        onClick={() => {
          copy('link', link())
        }}
      >
        copy link
      </button>
      <button
        type="button"
        class="plain"
        onClick={() => {
          copy('command', command)
        }}
      >
        copy command
      </button>
      <code class="command">{command}</code>
      <span class="said" role="status">
        {said}
      </span>
    </div>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
