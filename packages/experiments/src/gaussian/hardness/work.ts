import {
  bruteForceSplit,
  gapAssertions,
  gapAttained,
  gaussianIsEasy,
  partitionToWeights,
  randomInstance,
  setSplitting,
  setSplittingData,
  splits,
  splittingDescent,
  splittingGap,
  splittingGapHolds,
  splittingRounding,
  weightsToPartition,
  zeroLoss,
  zeroLossAssertions,
} from '@nonconvex/gaussian-theory/hardness'
import type { SetSystem } from '@nonconvex/gaussian-theory/data'
import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
import { sampleLoss } from '@nonconvex/gaussian-theory/samples'
import type { Stream } from '@nonconvex/tensor'
import { smallest } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartRow } from '../../define/work.js'
import { hardness, type Params } from './experiment.js'
import { bestOf, hardnessFigures, type OnSystem, type SplittingRuns } from './figures.js'
import { systemOf, systemTitle } from './instance.js'

type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared' | 'signal'>
type Block = CellsOf<typeof hardness>['hard']

/** Losses below this count as zero. */
const ZERO = 1e-8
/** The loss to reach on Gaussian inputs. */
const REACHED = 1e-14

export const work = workOf(hardness, {
  parts: {
    reduction: { measure: (cell, context) => onInstance(context, reductionOf(cell, context)) },
    hard: splittingPart('instance'),
    blocked: splittingPart('blocked'),
    exact: {
      measure: (_, context) => {
        const [system, blocked] = (['instance', 'blocked'] as const).map((name) =>
          systemWitness(name, context),
        )
        return {
          zero: { system, checked: zeroLossAssertions(system) },
          gap: { system: blocked, checked: gapAssertions(blocked) },
        }
      },
    },
    gaussian: { measure: (cell, context) => onInstance(context, gaussianOf(cell, context)) },
  },
  conclude: ({ reduction, hard, blocked, exact, gaussian }, params, verdict) => {
    const onSystem = (rows: typeof hard): OnSystem => ({
      rows: rows.map(({ measured }) => measured),
      system: rows.at(0)?.witness,
    })
    const found = { hard: onSystem(hard), blocked: onSystem(blocked) }
    const easy = gaussian.flatMap(({ measured }) => measured.losses)
    const losses = found.hard.rows.flatMap((row) => row.losses)
    return {
      verdicts: [
        verdict(setSplitting, ['reduction', 'hard', 'blocked'], () => {
          const all = [
            ...reduction.map(({ measured }) => measured),
            comparedOn(found.hard),
            comparedOn(found.blocked),
          ]
          return {
            instances: params.instances + 2,
            disagreements: all.reduce((sum, { disagreements }) => sum + disagreements, 0),
            largestLoss: Math.max(...all.map(({ largestLoss }) => largestLoss)),
          }
        }),
        verdict(splittingGapHolds, ['blocked'], () => ({
          system: blocked[0].witness,
          best: bestOf(found.blocked).loss,
          splitting: blocked[0].measured.splitting ?? undefined,
        })),
        verdict(splittingRounding, ['hard'], () => ({
          system: hard[0].witness,
          ...bestOf(found.hard),
        })),
        verdict(zeroLoss, ['exact'], () => exact[0].measured.zero),
        verdict(gapAttained, ['exact'], () => exact[0].measured.gap),
        verdict(gaussianIsEasy, ['hard', 'gaussian'], () => ({
          hard: {
            starts: losses.length,
            zeroLoss: losses.filter((loss) => loss < ZERO).length,
            splittable: hard[0].measured.splitting !== null,
          },
          gaussian: { starts: easy.length, reached: easy.filter((loss) => loss < REACHED).length },
        })),
      ],
      tables: [runTable(found.hard, found.blocked, easy, params)],
      figures: hardnessFigures({ ...found, gaussian: easy }, params),
    }
  },
})

const systemWitness = (
  name: 'instance' | 'blocked',
  { params, shared }: Pick<Context, 'params' | 'shared'>,
): SetSystem => {
  const { n, k, subsets } = systemOf(params[name], shared)
  return { n, k, subsets }
}

const onInstance = <M>(context: Context, measured: M) =>
  witnessed(measured, systemWitness('instance', context))

/** Runs on a set system; a splitting of the system is checked against the training problem. */
function splittingPart(name: 'instance' | 'blocked') {
  return {
    measure: ({ from, to }: Block, context: MeasureContext<Params>) => {
      const { params, stream, signal } = context
      signal.throwIfAborted()
      const system = systemWitness(name, context)
      const { ends, best } = splittingDescent(system, {
        stream: stream.child('hard'),
        starts: to - from,
        steps: params.steps,
        eta: params.eta,
      })
      const measured: SplittingRuns = {
        losses: ends.map(({ loss }) => loss),
        decoded: ends.map((end) => end.splits),
        best: best.partition,
        splitting: bruteForceSplit(system) ?? null,
      }
      return witnessed(measured, system)
    },
    audit: ({ measured: { splitting }, witness }: PartRow<Block, SplittingRuns, SetSystem>) => {
      if (splitting !== null && lossAt(witness, partitionToWeights(witness, splitting)) !== 0)
        throw new Error('the recorded splitting gives weights with a loss')
    },
  }
}

/** Steps of gradient descent on Gaussian inputs. */
const GAUSSIAN_STEPS = 25

function gaussianOf({ from, to }: Block, context: Context): { readonly losses: number[] } {
  const { stream } = context
  const { k, m } = setSplittingData(systemWitness('instance', context))
  return {
    losses: Array.from({ length: to - from }, (_, i) => {
      const draws = stream.child('gaussian', from + i)
      const start = { rows: 1, cols: m, data: draws.child('start').unitVector(m) }
      const options = { k, stride: m, every: 1, maxSteps: GAUSSIAN_STEPS }
      return descendBatch(start, draws.child('teacher').unitVector(m), options).ends[0].loss
    }),
  }
}

/** Random systems of at most ten elements: weights of a splitting, or descent without one. */
function reductionOf({ from, to }: Block, { stream, signal }: Context) {
  let [disagreements, largestLoss, splittable] = [0, 0, 0]
  for (let i = from; i < to; i++) {
    signal.throwIfAborted()
    const draws = stream.child('instance', i)
    const system = instanceOf(draws)
    const splitting = bruteForceSplit(system)
    if (splitting) splittable++
    const { loss, agrees } = compared(
      system,
      splitting,
      () => splittingDescent(system, { stream: draws, starts: 3, steps: 1000 }).best,
    )
    largestLoss = Math.max(largestLoss, loss)
    if (!agrees) disagreements++
  }
  return { disagreements, largestLoss, splittable }
}

/**
 * Whether brute force and the training problem agree on a system: weights of the splitting decode to
 * one, with their loss; without a splitting no run decodes to one, nor has a loss below Γ.
 */
function compared(
  system: SetSystem,
  splitting: readonly number[] | undefined,
  bestRun: () => { readonly splits: boolean; readonly loss: number },
): { readonly loss: number; readonly agrees: boolean } {
  if (splitting) {
    const w = partitionToWeights(system, splitting)
    return { loss: lossAt(system, w), agrees: splits(system, weightsToPartition(system, w)) }
  }
  const run = bestRun()
  return { loss: 0, agrees: !run.splits && run.loss >= splittingGap(system) * (1 - 1e-12) }
}

/** The same comparison on a system that the parameters name, from its runs. */
function comparedOn({ rows, system }: OnSystem) {
  if (!system) return { disagreements: 0, largestLoss: 0 }
  const { loss, agrees } = compared(system, rows[0].splitting ?? undefined, () => ({
    splits: rows.some(({ decoded }) => decoded.includes(true)),
    loss: bestOf({ rows, system }).loss,
  }))
  return { disagreements: Number(!agrees), largestLoss: loss }
}

function instanceOf(draws: Stream): SetSystem {
  const n = 2 + draws.integer(9)
  const subsets = 1 + draws.integer(3 * n)
  const largest = Math.min(n, 2 + draws.integer(3))
  const k = 2 + draws.integer(2)
  return randomInstance({ n, subsets, k, largest, stream: draws.child('sets') })
}

function lossAt(system: SetSystem, w: Float64Array): number {
  const data = setSplittingData(system)
  return sampleLoss(data, w, { k: data.k, stride: data.m })
}

interface RunLine {
  readonly inputs: string
  readonly losses: readonly number[]
  readonly zero: number
  readonly gap?: number | undefined
  readonly decoded?: string
  readonly brute?: string | undefined
}

function runTable(hard: OnSystem, blocked: OnSystem, easy: readonly number[], params: Params) {
  const onSystem = (name: string, { rows, system }: OnSystem): RunLine => {
    const splitting = rows.at(0)?.splitting
    const losses = rows.flatMap((row) => row.losses)
    return {
      inputs: `set system ${systemTitle(name)}`,
      losses,
      zero: ZERO,
      gap: system && splittingGap(system),
      decoded: `${rows.flatMap((row) => row.decoded).filter(Boolean).length} of ${losses.length}`,
      brute: splitting === null ? 'no splitting' : splitting?.join(' '),
    }
  }
  const lines: RunLine[] = [
    onSystem(params.instance, hard),
    onSystem(params.blocked, blocked),
    { inputs: 'Gaussian', losses: easy, zero: REACHED },
  ]
  return tableOf('starts', 'The same network on set systems and on Gaussian inputs', lines, {
    inputs: ['inputs', (line) => line.inputs],
    solved: [
      'runs with zero loss',
      ({ losses, zero }) => `${losses.filter((x) => x < zero).length} of ${losses.length}`,
    ],
    best: ['best loss', ({ losses }) => smallest(losses), 4],
    gap: ['least loss without a splitting, $\\Gamma$', (line) => line.gap, 4],
    decoded: ['runs whose partition splits', (line) => line.decoded],
    brute: ['brute force', (line) => line.brute],
  })
}
