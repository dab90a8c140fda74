import type { FrequencyTable } from '@nonconvex/structured/baselines'
import type { TrainCheckpoint, TrainResult } from '@nonconvex/structured/scenes'
import { networkTraining, type NetworkTraining } from '@nonconvex/structured/network'
import type { SceneTask } from '@nonconvex/structured/recall'
import type { AnnotatedScene } from '@nonconvex/structured/load'
import { stream } from '@nonconvex/tensor'
import { badInput, unfinished } from '../exit.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber, leftText } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import type { NetworkOptions } from './network-options.js'

/** What a network is trained on, and how. */
export interface TrainNetwork {
  readonly options: NetworkOptions
  readonly task: SceneTask
  readonly table: FrequencyTable
  /** the counted images with a relation */
  readonly scenes: readonly AnnotatedScene[]
  readonly resume: TrainCheckpoint | undefined
  /** called with each look at the validation images */
  readonly keep: (checkpoint: TrainCheckpoint) => void
}

/** A trained network, and how it came about. */
export type TrainedNetwork = TrainResult &
  Pick<NetworkTraining, 'network' | 'images' | 'valid' | 'validCounts' | 'steps'>

/** Milliseconds of work between two chances for Ctrl-C. */
const TURN = 50

/**
 * Trains by steps of Adam, and lets other things happen in between. In predcls only relations are
 * learned, as classes are given.
 *
 * @returns with status `aborted` if the signal came
 */
export async function trainNetwork(
  { options, task, table, scenes, resume, keep }: TrainNetwork,
  { signal, terminal, clock }: { signal: AbortSignal; terminal: Terminal; clock: () => number },
): Promise<TrainedNetwork> {
  if (scenes.length < 2)
    throw badInput(
      'data-small',
      `expected at least 2 images with relations, one of them for validation, got ${scenes.length}; give more, or use --model frequency`,
    )
  let progress = ''
  const { training, pass, steps, ...made } = networkTraining({
    options,
    task,
    table,
    scenes,
    signal,
    source: stream(options.seed).child('fit-scenes'),
    ...(resume && { resume }),
    progress: (checkpoint) => {
      keep(checkpoint)
      progress = lossText(checkpoint)
    },
  })
  if (resume) {
    progress = lossText(resume)
    terminal.hint(`resuming after step ${formatNumber(resume.step)}`)
  }
  const [started, from] = [clock(), resume?.step ?? 0]
  let turn = started
  for (;;) {
    const next = training.next()
    if (next.done === true) {
      const { status, checkpoint } = next.value
      if (status === 'not-finite')
        throw unfinished(
          'training-diverged',
          `training diverged (NaN or infinity) after step ${formatNumber(checkpoint.step)}; use a smaller --rate than ${options.rate}`,
        )
      return { ...next.value, ...made, steps }
    }
    if (clock() - turn < TURN / 1000) continue
    // early stopping may end it before
    const left = leftText((next.value - from) / (steps - from), clock() - started)
    terminal.redraw(
      `training: epoch ${Math.ceil(next.value / pass)} of ${options.epochs}, ${counted(next.value, 'step')} of ${formatNumber(steps)}${left}${progress}`,
    )
    // a signal is seen between two turns of the loop of events
    await new Promise((resolve) => setImmediate(resolve))
    turn = clock()
  }
}

function lossText({ history, best }: TrainCheckpoint): string {
  const last = history.at(-1)
  return last === undefined
    ? ''
    : `; training loss ${last.train.toFixed(3)}, validation loss ${last.valid.toFixed(3)}, best ${best.loss.toFixed(3)}`
}
