import type { Experiment } from '@nonconvex/experiments'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { hrefOf, type Subject } from '../explore/explorer.js'
import { formatAddress } from '../state/address.js'
import { route } from '../state/route.js'
import { runs } from '../state/runs.js'
import { storedStatuses } from '../state/stored.js'
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
      if (!fold.current) return
      fold.current.open = !narrow.matches
      if (!narrow.matches) showEntry(fold.current)
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
                <Entry
                  key={experiment.id}
                  subject={experiment}
                  href={hrefLeft(experiment)}
                  here={experiment === shown}
                >
                  <Mark
                    status={runStatus(
                      runs.runOf(experiment.id).value,
                      storedStatuses(experiment.id),
                    )}
                  />
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

/** Brings the entry of this page into the list's own window; the page itself does not scroll. */
function showEntry(list: HTMLElement): void {
  const entry = list.querySelector<HTMLElement>('[aria-current]')
  if (entry) list.scrollTop = entry.offsetTop - list.clientHeight / 2
}

/** Where an experiment was left, or its page as it opens. */
function hrefLeft(experiment: Experiment): string {
  const run = runs.runOf(experiment.id).value
  return run && run.stored !== 'quick'
    ? formatAddress(experiment, run.params, run.seed)
    : hrefOf(experiment)
}

interface EntryProps {
  readonly subject: Subject
  /** its address, unless that is the usual one */
  readonly href?: string
  readonly here: boolean
  /** the mark before its name */
  readonly children: ComponentChildren
}

function Entry({ subject, href = hrefOf(subject), here, children }: EntryProps) {
  return (
    <li>
      <a href={href} aria-current={here ? 'page' : undefined}>
        {children}
        {subject.name}
      </a>
    </li>
  )
}
