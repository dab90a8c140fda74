import { tableOf, type Table } from '../../define/table.js'
import type { GuaranteeTable } from '@nonconvex/overparam/generalization'
import type { NamedRun } from './facts.js'

/** All runs with their bounds; test errors where there are some. */
export const runTable = (runs: readonly NamedRun[]) =>
  tableOf('runs', 'Runs and their bounds', runs, {
    run: ['run', ({ name }) => name],
    k: ['$k$', ({ measured: m }) => m.k],
    alpha: ['$\\alpha$', ({ measured: m }) => m.alpha, 3],
    status: ['status', ({ measured: m }) => m.status],
    updates: ['updates $U$', ({ measured: m }) => m.updates],
    distinct: ['distinct examples $c$', ({ measured: m }) => m.distinct],
    steps: ['steps $T$', ({ measured: m }) => m.steps],
    loss: ['loss', ({ measured: m }) => m.loss, 3],
    paper: ['$M_k$', ({ measured: m }) => m.bounds?.paper, 5],
    quad: ['$B_{quad}$', ({ measured: m }) => m.bounds?.quad, 5],
    slope: ['$B_{slope}$', ({ measured: m }) => m.bounds?.slope, 5],
    disp: ['$B_{disp}$', ({ measured: m }) => m.bounds?.disp, 5],
    ratio: [
      'best bound $/\\,U$',
      ({ measured: m }) => (m.bounds && m.updates > 0 ? m.bounds.best / m.updates : null),
      3,
    ],
    ...(runs.some(({ measured }) => measured.testError !== null) && {
      test_error: ['test error', ({ measured: m }: NamedRun) => m.testError, 3] as const,
      test_hinge: ['test $yN<1$', ({ measured: m }: NamedRun) => m.testHinge, 3] as const,
    }),
  })

/**
 * The looseness of each step of the proof: the factor by which the bound decreases when a
 * worst-case number of the proof is replaced by the observed one. The factors multiply to M_k/U;
 * for W₀ = 0 the last is 1/cosine².
 */
export const ledgerTable = (runs: readonly NamedRun[]) =>
  tableOf(
    'ledger',
    'Looseness of each step of the proof: factors of the published bound, with product M/U',
    runs.flatMap(({ name, measured: { ledger } }) => (ledger ? [{ name, ...ledger }] : [])),
    {
      run: ['run', ({ name }) => name],
      updates: ['updates $U$', (l) => l.updates],
      total: ['$M_k/U$', (l) => l.paper / l.updates, 3],
      roots: ['roots split: $M_k/B_{quad}$', (l) => l.paper / l.quad, 3],
      slopes: ['slopes apart: $B_{quad}/B_{slope}$', (l) => l.quad / l.slope, 3],
      mean_slope: ['mean slope $\\bar a$', (l) => l.meanSlope, 3],
      worst_slope: ['worst slope for $\\bar a$', (l) => l.slope / l.slopesBound, 3],
      mean_output: ['mean $yN$', (l) => l.meanMargin, 3],
      output: ['1 for $yN$', (l) => l.slopesBound / l.marginsBound, 3],
      mean_norm2: ['mean $\\|x\\|^2$', (l) => l.meanNorm2, 3],
      norms: ['$R^2$ for $\\|x\\|^2$', (l) => l.marginsBound / l.normsBound, 3],
      mean_separation: ['mean $y\\,w^*\\!\\cdot x$', (l) => l.meanSeparation, 3],
      margins: ['$\\gamma$ for $y\\,w^*\\!\\cdot x$', (l) => l.normsBound / l.separationsBound, 3],
      cosine: ['cosine of $W$ and $W^*$', (l) => l.cosine, 3],
      cauchy_schwarz: [
        'Cauchy–Schwarz and initial weights',
        (l) => l.separationsBound / l.updates,
        3,
      ],
    },
  )

const events = { margin: '$y N(x) < 1$', error: '$y N(x) \\le 0$' } as const
const scopes = {
  certificate: 'this network, with probability 1 − δ',
  mean: 'the mean over samples',
  estimate: 'estimate of the mean over samples',
  illustration: 'illustration: not proved for the observed number',
  'other-rule': 'another classifier, with probability 1 − δ',
  'other-estimate': 'another classifier: estimate of the mean over samples',
} as const

/** One run with its bounds and its true errors. */
export interface GuaranteedRun {
  /** 'one run on 1000 examples' */
  readonly name: string
  readonly found: GuaranteeTable
  /** fractions of the two events on examples that were not trained on */
  readonly truth: { readonly margin: number | null; readonly error: number | null }
}

/**
 * All bounds of one run: the best, the vacuous ones, and why. Without a run it has no rows.
 */
export const guaranteeTable = (run: GuaranteedRun | undefined, truth: string): Table =>
  tableOf(
    'guarantees',
    run ? `All bounds of ${run.name}: ${run.found.statement}` : 'All bounds of one run',
    run?.found.guarantees ?? [],
    {
      guarantee: ['bound', (one) => one.title],
      of: ['event', (one) => events[one.event]],
      scope: ['applies to', (one) => scopes[one.promise]],
      bound: [
        'value',
        ({ bound }) => (bound !== undefined && Number.isFinite(bound) ? bound : null),
        3,
      ],
      truth: [truth, (one) => run?.truth[one.event], 3],
      verdict: ['verdict', (one) => (one.id === run?.found.best?.id ? 'best' : one.status)],
      reason: ['reason', (one) => one.why],
    },
  )
