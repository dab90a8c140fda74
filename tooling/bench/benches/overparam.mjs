import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { trainSgd } from '@nonconvex/overparam'
import { here } from '../frame/compare.mjs'
import { alpha, eta, order, startOf, visitsOf, zeroAgainstRest } from './digits.mjs'
import { prefixOf, upTo } from './overparam-prefix.mjs'
import { plainTfjs } from './overparam-tfjs.mjs'

const N = 4000
const threads = availableParallelism() > 1 ? 2 : 1
const [AUTOGRAD, BY_HAND, TFJS] = [
  'PyTorch, autograd, batch 1',
  'PyTorch, by hand',
  'plain tfjs, autograd, batch 1',
]
const [PRIMAL, SPARSE] = ['ours, primal engine', 'ours, sparse engine']
/**
 * By width: the ratios to PyTorch with autograd and by hand that are asked for, and to our own
 * engines without a screen.
 */
const LEAST = { 100: [30, 5, 15, 4], 1000: [300, 10, 35, 8] }
/** Visits of which a rival does only the first. */
const prefixes = {
  idiomatic: { 100: 4000, 1000: 1000 },
  byHand: { 100: 8000, 1000: 2000 },
  tfjs: 100,
  primal: 1000,
  sparse: 10_000,
}
/**
 * Up to here the decisions of the run in blocks are compared: in single precision the two part at
 * last.
 */
const COMPARED = 8000

/**
 * Our engines without any screen, on a prefix: a visit and an update cost as many multiply–adds.
 * What a run of one visit costs is its set-up, which is not multiplied.
 */
function unscreened(engine, data, options, visits, whole) {
  const run = (maxSteps) => () => trainSgd(data, { ...options, engine, maxSteps })
  const updates = upTo(whole.atStep, visits).length
  const factor = (whole.steps + whole.updates) / (visits + updates)
  const { answer, time } = here('', run(visits), ({ atStep }) => ({ atStep }))
  const begin = here('', run(1)).time
  return {
    label: engine === 'primal' ? PRIMAL : SPARSE,
    answer,
    time: async (calls) => {
      const before = await begin(calls)
      return before + Math.max(0, (await time(calls)) - before) * factor
    },
    note: `float64; first ${visits} visits, scaled`,
    expected: ({ atStep }) => ({ atStep: upTo(atStep, visits) }),
  }
}

async function training(context, torch, data, k) {
  const { rows: n, cols: d } = data.x
  const start = startOf(k, d)
  const options = { k, start, alpha, eta, order }
  const whole = trainSgd(data, options)
  if (whole.status !== 'converged') throw new Error(`ours: ${whole.message}`)
  const v = 1 / Math.sqrt(2 * k)
  const given = (visits, more = {}) => ({
    options: { k, d, alpha, eta, v, ...more },
    arrays: { x: data.x.data, y: data.y, start, visits: visitsOf(n, visits) },
  })
  const prefixed = async (label, task) => {
    const visits = prefixes[task][k]
    const variant = await torch?.variant(label, task, given(visits))
    return variant && prefixOf({ variant, visits, whole })
  }
  const blocks = await torch?.variant(
    'PyTorch, by hand, ahead in blocks',
    'ahead',
    given(Math.ceil(1.3 * whole.steps), { blocks: [16, 512], prefix: COMPARED }),
  )
  const engine = k === 100 ? await context.tfjs('cpu') : undefined
  const visits = visitsOf(n, prefixes.tfjs)
  const tfjs = engine && plainTfjs(engine, data, { k, start, alpha, eta, v }, visits)
  await context.task({
    title:
      `SGD to zero hinge loss, digit 0 against the rest, n = ${n}, d = ${d}, k = ${k} (${2 * k} units): ` +
      `${whole.steps} visits, ${whole.updates} updates; whole run with set-up`,
    variants: [
      {
        label: `ours (trainSgd, engine ${whole.engine})`,
        note: `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        answer: () => ({ atStep: trainSgd(data, { ...options, threads }).atStep }),
        time: here('', () => trainSgd(data, { ...options, threads })).time,
      },
      threads > 1 && {
        label: 'ours, one thread',
        answer: () => ({ atStep: whole.atStep }),
        time: here('', () => trainSgd(data, options)).time,
      },
      await prefixed(AUTOGRAD, 'idiomatic'),
      await prefixed(BY_HAND, 'byHand'),
      blocks && {
        ...blocks,
        note: `${blocks.note}; whole run, decisions compared up to visit ${COMPARED}`,
        expected: ({ atStep }) => ({ atStep: upTo(atStep, COMPARED) }),
      },
      tfjs && prefixOf({ variant: { ...tfjs, label: TFJS }, visits: prefixes.tfjs, whole }),
      unscreened('sparse', data, options, prefixes.sparse, whole),
      unscreened('primal', data, options, prefixes.primal, whole),
    ],
    tolerances: { atStep: 0 },
    goals: [
      { label: AUTOGRAD, atLeast: LEAST[k][0] },
      { label: BY_HAND, atLeast: LEAST[k][1] },
      { label: PRIMAL, atLeast: LEAST[k][2] },
      { label: SPARSE, atLeast: LEAST[k][3] },
      { label: TFJS, atLeast: 1000 },
    ],
  })
  engine?.dispose()
  return [k, whole.engine, whole.steps, whole.updates, whole.distinct]
}

/** What a run holds at its largest, in a process of its own. */
async function memory(context) {
  const program = fileURLToPath(new URL('overparam-memory.mjs', import.meta.url))
  context.hint('measuring: memory at n = 20000, k = 1000')
  const { stdout } = await promisify(execFile)(process.execPath, [program])
  const { status, engine, steps, updates, before, peak } = JSON.parse(stdout)
  context.table(
    'memory: 20,000 digits (4,000 repeated with noise), k = 1000; goal: a peak of at most 1000 MB',
    ['engine', 'ended', 'visits', 'updates', 'with the data, MB', 'peak, MB'],
    [[engine, status, steps, updates, before, peak]],
  )
}

/** SGD on a wide two-layer network to a loss of exactly 0. */
export const overparam = {
  name: 'overparam',
  about: 'over-parameterised SGD on real digits to zero hinge loss',
  async run(context) {
    const torch = context.python('sgd_torch.py', ['torch'])
    const data = await zeroAgainstRest(N)
    const rows = []
    for (const k of [100, 1000]) rows.push(await training(context, torch, data, k))
    context.table(
      'updates do not grow with the width',
      ['k', 'engine', 'visits', 'updates', 'distinct'],
      rows,
    )
    await memory(context)
  },
}
