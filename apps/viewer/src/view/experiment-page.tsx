import type { Experiment } from '@nonconvex/experiments'
import { useEffect, useRef } from 'preact/hooks'
import { effect, untracked } from '@preact/signals'
import { route } from '../state/route.js'
import { runs } from '../state/runs.js'
import { drawing } from './figure-view.js'
import { Form } from './form.js'
import { Outcome } from './outcome.js'
import { Prose, Tex } from './tex.js'

/** Shows the result that the address asks for, now and whenever it changes; returns what ends that. */
export function follow(experiment: Experiment): () => void {
  // what draws comes at the same time as what is drawn
  void drawing().catch(() => undefined)
  return effect(() => {
    const now = route.value
    // a run that ends makes way for what the address has asked for meanwhile
    void runs.runningId.value
    if (now.kind !== 'subject' || now.subject !== experiment) return
    untracked(() => {
      void runs.show(experiment, now.params, now.seed, now.edited === true ? 'edited' : 'opened')
    })
  })
}

/** One experiment: its claim, then the form beside what happens. */
export function ExperimentPage({ experiment }: { experiment: Experiment }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Who came by a link of this page goes on from the heading; who just opened the page starts at
    // its top.
    if (document.activeElement instanceof HTMLAnchorElement) heading.current?.focus()
    return follow(experiment)
  }, [])
  return (
    <article>
      <header class="claim">
        <h1 ref={heading} tabIndex={-1}>
          <Prose text={experiment.title} />
        </h1>
        <p class="about">
          <Prose text={experiment.about} />
        </p>
        <Tex tex={experiment.formula} display />
        <Symbols experiment={experiment} />
      </header>
      <div class="work">
        <Form experiment={experiment} />
        <Outcome experiment={experiment} />
      </div>
    </article>
  )
}

function Symbols({ experiment }: { experiment: Experiment }) {
  if (experiment.symbols.length === 0) return null
  return (
    <dl class="symbols">
      {experiment.symbols.map(({ tex, text }) => (
        <div key={tex}>
          <dt>
            <Tex tex={tex} />
          </dt>
          <dd>
            <Prose text={text} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
