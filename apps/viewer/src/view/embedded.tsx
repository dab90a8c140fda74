import type { Experiment } from '@nonconvex/experiments'
import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { View } from '../explore/explorer-page.js'
import type { Subject } from '../explore/explorer.js'
import { formatAddress } from '../state/address.js'
import { route } from '../state/route.js'
import { runs } from '../state/runs.js'
import { follow } from './experiment-page.js'
import { Drawing } from './figure-view.js'

/** A picture alone, as large as the frame of the page that shows it, with a link to its own page. */
export function Embedded({ subject }: { subject: Subject }) {
  const now = route.value
  const href = now.kind === 'subject' ? formatAddress(subject, now.params, now.seed) : '#/'
  return (
    <main class="embedded">
      <h1 class="visually-hidden">{subject.name}</h1>
      {'view' in subject ? <View explorer={subject} /> : <Picture experiment={subject} />}
      <a class="source" href={href} target="_blank" rel="noopener">
        {subject.name} · nonconvex
      </a>
    </main>
  )
}

/** The first figure of an experiment. */
function Picture({ experiment }: { experiment: Experiment }) {
  useEffect(() => follow(experiment), [])
  const conclusion = useComputed(() => {
    const run = runs.runOf(experiment.id).value
    return run?.conclusion ?? run?.before
  }).value
  const figure = conclusion?.figures[0]
  // in a frame that is wider than high the panels are side by side
  const least = innerWidth > innerHeight ? 600 : 0
  return figure ? <Drawing figure={figure} least={least} /> : <p class="waiting">Computing…</p>
}
