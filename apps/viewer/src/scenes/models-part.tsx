import { findExperiment } from '@nonconvex/experiments'
import { hrefOf } from '../explore/explorer.js'
import { formatAddress } from '../state/address.js'
import { experiment } from './demo.js'
import type { Settings } from './messages.js'
import { modelName } from './model-names.js'
import shipped from './networks.json'
import { lstmStateSize } from './ordered-net.js'

interface Props {
  readonly settings: Settings
  /** of the networks */
  readonly trainedSeed: number
  readonly ordered: boolean
}

/** Architectures and training of the models, and related experiments. */
export function ModelsPart({ settings, trainedSeed: seed, ordered }: Props) {
  const { train, steps, hidden, test } = settings
  const demo = findExperiment(experiment)
  const same = formatAddress(demo, demo.params.parse({ ...demo.presets.quick }), seed)
  return (
    <section class="part" aria-labelledby="models">
      <h2 id="models">Models</h2>
      <dl>
        <dt>{modelName.alone}</dt>
        <dd>
          Two networks with {hidden} hidden units: one sees the detector scores of a single object,
          the other those of a single pair.
        </dd>
        <dt>{modelName.joint}</dt>
        <dd>
          One round of the graph-permutation-invariant layer with {hidden} hidden units: features of
          each object, an attention-weighted sum over its neighbors, and a sum over the scene.
        </dd>
        {ordered && (
          <>
            <dt>{modelName.ordered}</dt>
            <dd>
              The same architecture with an LSTM of {lstmStateSize(hidden)} units in place of each
              of the two sums. It reads the objects in the order in which they are listed, is
              trained on scenes in their original order, and labels objects only.
            </dd>
          </>
        )}
      </dl>
      <p>
        Training: the same {train} scenes, at most {steps} steps of Adam with batch size 20.{' '}
        {ordered ? 'The first two networks use' : 'Both use'} early stopping on 100 validation
        scenes. Accuracy is measured on {test} test scenes. {ordered ? 'The first two' : 'They'} are
        the networks of{' '}
        <a href={same}>
          {demo.name} with preset quick and seed {seed}
        </a>
        , trained again; those that come with the page have their weights rounded to 8 bits (
        {Math.round(shipped.bytes / 1000)} kB, SHA-256 <code>{shipped.sha256.slice(0, 12)}…</code>).
      </p>
      <p>
        See also{' '}
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
