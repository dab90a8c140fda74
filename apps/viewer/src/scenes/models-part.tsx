import { findExperiment } from '@nonconvex/experiments'
import { hrefOf } from '../explore/explorer.js'
import { formatAddress } from '../state/address.js'
import { experiment } from './demo.js'
import type { Settings } from './messages.js'
import { lstmStateSize } from './ordered-net.js'

/** What each model is and learned from, and which experiments measure what is seen here. */
export function ModelsPart({ settings, ordered }: { settings: Settings; ordered: boolean }) {
  const { train, steps, hidden, test, seed } = settings
  const demo = findExperiment(experiment)
  const same = formatAddress(demo, demo.params.parse({ ...demo.presets.quick }), seed)
  return (
    <section class="part" aria-labelledby="models">
      <h2 id="models">What the models are</h2>
      <dl>
        <dt>each object alone</dt>
        <dd>
          Two networks with {hidden} hidden units: one sees the detector’s scores of one object, one
          those of one pair, and nothing around.
        </dd>
        <dt>invariant network</dt>
        <dd>
          One round of the layer of the theorem with {hidden} hidden units: of each object, of its
          neighbors weighted by attention, and of the whole scene.
        </dd>
        {ordered && (
          <>
            <dt>network that reads in order</dt>
            <dd>
              The same form with an LSTM of {lstmStateSize(hidden)} units in place of each of the
              two sums. It reads the objects in the order in which they are permutedScene; it
              learned from scenes permutedScene as they were made, and labels objects only.
            </dd>
          </>
        )}
      </dl>
      <p>
        They learn from the same {train} scenes, in {steps} steps of Adam at most, of 20 scenes each
        {ordered
          ? '; 100 other scenes choose the step for the first two'
          : '; 100 other scenes choose the step'}
        . Shares are of {test} fresh scenes. {ordered ? 'The first two' : 'They'} are the networks
        of{' '}
        <a href={same}>
          {demo.name} with preset quick and seed {seed}
        </a>
        , trained again.
      </p>
      <p>
        Measured in{' '}
        {['structured/invariance', 'structured/scenes', 'structured/attention'].map((id, i) => {
          const { name } = findExperiment(id)
          return (
            <>
              {i > 0 && (i === 2 ? ' and ' : ', ')}
              <a key={id} href={hrefOf(findExperiment(id))}>
                {name}
              </a>
            </>
          )
        })}
        .
      </p>
    </section>
  )
}
