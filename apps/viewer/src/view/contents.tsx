import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { hrefOf, type Subject } from '../explore/explorer.js'
import { route } from '../state/route.js'
import { runOf } from '../state/runs.js'
import { DragIcon, Mark } from './mark.js'
import { experimentsOf, explorersOf, partsWithExperiments } from './parts.js'
import { runStatus } from './run-status.js'

/**
 * The list of theorems with their marks, in three parts. On a phone it folds away, and again after
 * each choice.
 */
export function Contents() {
  const fold = useRef<HTMLDetailsElement>(null)
  const now = route.value
  const shown = now.kind === 'home' ? undefined : now.subject
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
              {explorersOf(part).map((explorer) => (
                <Entry key={explorer.id} subject={explorer} here={explorer === shown}>
                  <DragIcon />
                </Entry>
              ))}
              {experimentsOf(part).map((experiment) => (
                <Entry key={experiment.id} subject={experiment} here={experiment === shown}>
                  <Mark status={runStatus(runOf(experiment.id).value)} />
                </Entry>
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

interface EntryProps {
  readonly subject: Subject
  readonly here: boolean
  /** the mark before its name */
  readonly children: ComponentChildren
}

function Entry({ subject, here, children }: EntryProps) {
  return (
    <li>
      <a href={hrefOf(subject)} aria-current={here ? 'page' : undefined}>
        {children}
        {subject.name}
      </a>
    </li>
  )
}
