import type { Experiment } from '@nonconvex/experiments'
import { useEffect, useRef } from 'preact/hooks'
import { warmUp } from '../state/runs.js'
import { Form } from './form.js'
import { Outcome } from './outcome.js'
import { Prose, Tex } from './tex.js'

/** One experiment: its claim, then the form beside what happens. */
export function ExperimentPage({ experiment }: { experiment: Experiment }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    warmUp(experiment)
    // Who came by a link of this page goes on from the heading; who just opened the page starts at
    // its top.
    if (document.activeElement instanceof HTMLAnchorElement) heading.current?.focus()
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
