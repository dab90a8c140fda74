import { hrefOf } from '../explore/explorer.js'
import { runs } from '../state/runs.js'
import { storedStatuses } from '../state/stored.js'
import { DragIcon, Mark } from './mark.js'
import { experimentsOf, explorersOf, partsWithExperiments } from './parts.js'
import { runStatus } from './run-status.js'
import { Prose, Tex } from './tex.js'

/** The claims of the talk, each a link to its experiment. */
export function Home() {
  return (
    <div class="home">
      <h1>Gradient descent on non-convex models</h1>
      <p class="about">
        Each theorem is a program: its hypotheses are checked, its conclusion is verified on the run
        itself, and its figure is reproduced from a seed. The marks are those of the quick presets;
        every page opens with that result and computes others here. No data leave your machine.
      </p>
      <p class="ways">
        <a href="#/lecture">Lecture</a>{' '}
        <span class="source">
          the talk’s three arguments as full-width pictures, walked with ← and →
        </span>
      </p>
      {partsWithExperiments.map(({ part, title }) => (
        <section key={part}>
          <h2>{title}</h2>
          <ul class="claims">
            {explorersOf(part).map((explorer) => (
              <li key={explorer.id}>
                <DragIcon />
                <a href={hrefOf(explorer)}>{explorer.title}</a>
                <span class="source">interactive</span>
              </li>
            ))}
            {experimentsOf(part).map((experiment) => (
              <li key={experiment.id}>
                <Mark
                  status={runStatus(runs.runOf(experiment.id).value, storedStatuses(experiment.id))}
                />
                <a href={hrefOf(experiment)}>
                  <Prose text={experiment.title} />
                </a>
                <span class="source">{experiment.source.theorem ?? experiment.source.talk}</span>
                <Tex tex={experiment.formula} display />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
