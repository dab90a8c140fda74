import { budgetBatch, poissonBinomial } from '@nonconvex/structured/cardinality'
import { stream } from '@nonconvex/tensor'
import { here } from '../frame/compare.mjs'

const [ROWS, LABELS, COUNTED] = [1000, 1000, 200]
const [SORTED, BISECTION] = ['NumPy, sorted breakpoints', 'PyTorch, bisection']

/** Projections onto the capped simplex with gradients, and distributions of counts. */
export const cardinality = {
  name: 'cardinality',
  about:
    'project rows of scores onto the capped simplex; count distributions of independent labels',
  async run(context) {
    const numpy = context.python('cardinality_python.py', ['numpy'])
    const torch = context.python('cardinality_python.py', ['numpy', 'torch'])
    const draws = stream(1).child('cardinality')
    const batch = budgetBatch({ rows: ROWS, labels: LABELS })
    // the numbers that float32 has, so that all compute with the same
    batch.scores.set(draws.normalInto(new Float64Array(ROWS * LABELS)))
    batch.upstream.set(draws.normalInto(new Float64Array(ROWS * LABELS)))
    for (let r = 0; r < ROWS; r++) batch.budgets[r] = 1 + 49 * draws.uniform()
    const { scores, budgets, upstream } = batch
    const given = { options: { rows: ROWS, labels: LABELS }, arrays: { scores, budgets, upstream } }
    const label = 'ours (budgetBatch: project, backward)'
    await context.task({
      title: `${ROWS} rows of ${LABELS} scores, a budget each, with gradients by both`,
      variants: [
        here(
          label,
          () => {
            batch.project()
            batch.backward()
          },
          () => ({ y: batch.y, byScores: batch.byScores, byBudgets: batch.byBudgets }),
        ),
        await numpy?.variant(SORTED, 'sorted', given),
        await torch?.variant(BISECTION, 'bisection', given),
      ],
      tolerances: { y: 1e-6, byScores: 1e-5, byBudgets: 1e-5 },
      goals: [
        { label: SORTED, atLeast: 10 },
        { label: BISECTION, atLeast: 10 },
      ],
    })
    const p = draws.uniformInto(new Float64Array(ROWS * COUNTED))
    await context.task({
      title: `the distribution of the count of ${COUNTED} independent labels, ${ROWS} times`,
      variants: [
        here(
          'ours (poissonBinomial)',
          () =>
            Array.from({ length: ROWS }, (_, r) =>
              poissonBinomial(p.subarray(r * COUNTED, (r + 1) * COUNTED)),
            ),
          (all) => ({ pmf: Float64Array.from(all.flatMap((pmf) => [...pmf])) }),
        ),
        await numpy?.variant('NumPy, all rows at once', 'count', {
          options: { rows: ROWS, labels: COUNTED },
          arrays: { p },
        }),
      ],
      tolerances: { pmf: 1e-12 },
      goals: [{ label: 'NumPy, all rows at once', atLeast: 3 }],
    })
  },
}
