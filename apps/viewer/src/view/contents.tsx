import type { Experiment } from '@nonconvex/experiments'
import { useEffect, useRef } from 'preact/hooks'
import { place } from '../state/place.js'
import { runOf } from '../state/runs.js'
import { Mark } from './mark.js'
import { experimentsOf, partsWithExperiments } from './parts.js'
import { runStatus } from './run-status.js'

/** The list of theorems with their marks, in three parts. On a phone it folds away, and again after each choice. */
export function Contents() {
  const fold = useRef<HTMLDetailsElement>(null)
  const now = place.value
  const shown = now.kind === 'home' ? undefined : now.experiment
  useEffect(() => {
    const narrow = matchMedia('(max-width: 48rem)')
    const follow = () => {
      if (fold.current) fold.current.open = !narrow.matches
    }
    follow()
    narrow.addEventListener('change', follow)
    return () => {
      narrow.removeEventListener('change', follow)
    }
  }, [now.kind, shown])
  return (
    <nav class="contents" aria-label="Theorems">
      <details ref={fold} open>
        <summary>Theorems</summary>
        {partsWithExperiments.map(({ part, title }) => (
          <section key={part}>
            <h2>{title}</h2>
            <ul>
              {experimentsOf(part).map((experiment) => (
                <Entry
                  key={experiment.id}
                  experiment={experiment}
                  here={experiment.id === shown?.id}
                />
              ))}
            </ul>
          </section>
        ))}
        <a class="all" href="#/" aria-current={now.kind === 'home' ? 'page' : undefined}>
          All claims
        </a>
      </details>
    </nav>
  )
}

function Entry({ experiment, here }: { experiment: Experiment; here: boolean }) {
  const status = runStatus(runOf(experiment.id).value)
  return (
    <li>
      <a href={`#/run/${experiment.id}`} aria-current={here ? 'page' : undefined}>
        <Mark status={status} />
        {experiment.name}
      </a>
    </li>
  )
}
