import '../style/proof.css'
import { useMemo } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import { numberText } from '../state/text.js'
import { PlayBar } from '../view/play-bar.js'
import { ScrubBar } from '../view/scrub-bar.js'
import { Scrub } from '../view/scrub.js'
import { useFrames } from '../view/use-frames.js'
import { Verdicts } from '../view/verdicts.js'
import type { ProofParams } from './params.js'
import { ProofPicture } from './proof-picture.js'
import { proofRun, type ProofRun } from './proof-run.js'

/** The proof that the updates of SGD end, along one run. */
export function Proof({ params, seed }: ExplorerProps<ProofParams>) {
  const { alpha, gamma, eta, k, shown } = params
  const run = useMemo(() => proofRun({ alpha, gamma, eta, k }, seed), [alpha, gamma, eta, k, seed])
  const scrub = useMemo(() => new Scrub(run.updates), [run])
  const mode = scrub.mode.value
  useFrames((passed) => scrub.tick(passed), [scrub, mode])
  const t = scrub.at.value
  return (
    <div class="proof by-hand">
      <div class="picture">
        <ProofPicture run={run} t={t} shown={shown} />
        <div class="tools">
          <PlayBar player={scrub} />
        </div>
        <ScrubBar scrub={scrub} what="update" label="update t" />
        <p class="remark">{updateText(run, t, params)}</p>
        <p class="visually-hidden" role="status">
          {mode === 'paused' ? updateText(run, t, params) : ''}
        </p>
      </div>
      <p class="note">
        SGD from W₀ = 0 on 60 examples of norm R = 1 in the plane with margin γ ={' '}
        {numberText(run.gamma, 3)}. Divided by √(2k), neither the line nor the root depends on the
        width k. Orange is what the proof allows, blue is the run.
      </p>
      <Verdicts verdicts={run.verdicts} running={false} />
    </div>
  )
}

/** What an update did to both sides. */
function updateText(run: ProofRun, t: number, { alpha, eta, k }: ProofParams): string {
  const { alignment, norm, line, root, margins, active, updates } = run
  if (t === 0)
    return 'Before the first update W = 0: both sides are 0. Each update lifts the alignment by at least ηαγ, and ‖W‖² by at most 2η + η²R².'
  const rise = alignment[t] - alignment[t - 1]
  const grown = norm[t] ** 2 - norm[t - 1] ** 2
  const units = `${numberText(active[t - 1])} of ${2 * k} units have slope 1, the others α = ${numberText(alpha)}`
  const end =
    t === updates
      ? !run.converged
        ? ' The run has reached its step limit here.'
        : ` It is the last: the loss is exactly 0, ${numberText(run.most - updates)} updates before the crossing.`
      : ''
  return `Update ${numberText(t)}, of an example with yN = ${numberText(margins[t - 1], 3)}, at η = ${numberText(eta)}; ${units}. The alignment rises by ${numberText(rise, 3)} (at least ${numberText(line, 3)}), ‖W‖² by ${numberText(grown, 3)} (at most ${numberText(root, 3)}).${end}`
}
