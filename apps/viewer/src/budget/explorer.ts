import { explorer, type Explorer } from '../explore/explorer.js'
import { budgetParams, type BudgetParams } from './params.js'

/** Scores, and their projection onto a cardinality constraint. */
export const budget: Explorer = explorer<BudgetParams>({
  id: 'budget',
  name: 'Label budget',
  part: 'architecture',
  title: 'The projection onto a cardinality constraint subtracts one threshold τ from all scores',
  about:
    'Drag the scores: the threshold rises or falls until the labels sum to z. The published projection exceeds the budget.',
  formula:
    'y = \\arg\\min_{y \\in [0,1]^L,\\ \\sum_i y_i = z} \\|y - v\\|^2 \\quad\\Longleftrightarrow\\quad y_i = \\mathrm{clip}(v_i - \\tau,\\, 0,\\, 1),\\quad \\sum_i y_i = z',
  params: budgetParams,
  presets: [
    { name: 'exactly 3', title: 'labels that sum to 3', input: {} },
    {
      name: 'at most 2',
      title: 'an upper bound that is reached',
      input: { rule: 'at most z', z: 2 },
    },
    {
      name: 'not reached',
      title: 'an upper bound that the scores satisfy: τ = 0, nothing changes',
      input: { rule: 'at most z', z: 6 },
    },
    {
      name: 'equal scores',
      title: 'five equal scores for two tables: each label is 2/5',
      input: { z: 2, scores: [1, 1, 1, 1, 1, -0.25, -0.25, -0.25] },
    },
    {
      name: 'leak',
      title: 'two high scores for one table: the published labels sum to nearly twice as much',
      input: { z: 1, scores: [1, 1, 0.75, 0.5, 0.25, 0, 0, 0] },
    },
  ],
  view: async () => (await import('./budget.js')).Budget,
})
