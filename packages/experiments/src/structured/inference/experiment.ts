import { blocks } from '../../define/blocks.js'
import { experiment } from '../../define/definition.js'
import { count, integer } from '../../define/fields.js'

/** Exact and approximate inference on small models, with enumeration as witness. */
export const inference = experiment({
  id: 'structured/inference',
  part: 'architecture',
  name: 'Inference',
  title: 'Bounds on the partition function hold, and belief propagation converges where it must',
  about:
    'Belief propagation is exact on forests. With cycles it may converge to wrong beliefs, or oscillate; it converges if the messages depend weakly on each other. ' +
    'Mean field gives a lower bound of $\\log Z$ and averages of trees an upper one, so that the true value lies between two computed numbers. ' +
    'All numbers are compared with enumeration of all labelings.',
  formula:
    '\\mathrm{ELBO} \\le \\log Z \\le \\sum_T w_T \\log Z(\\theta^T),\\qquad \\rho(M) < 1 \\Rightarrow \\text{messages converge}',
  symbols: [
    { tex: 'M', text: 'strengths by which a message depends on others' },
    { tex: '\\theta^T', text: 'scores on a spanning tree, with weight w_T' },
  ],
  source: {
    talk: 'The black box is often a message passing algorithm like belief propagation',
    paper: 'Pearl (1988); Wainwright, Jaakkola, Willsky (2005); Mooij, Kappen (2007), as recalled',
  },
  params: {
    models: count(60, 10_000, 'number of random models of each kind'),
    nodes: integer({ default: 5, min: 2, max: 10, symbol: 'n', help: 'nodes of a random model' }),
  },
  presets: { quick: {}, full: { models: 1000, nodes: 7 } },
  expectedSeconds: { quick: 2, full: 60 },
  cells: {
    forests: (p) => blocks(p.models, 100),
    graphs: (p) => blocks(p.models, 20),
    k4: () => [-0.5, -1, -1.5, -2, -3].map((J) => ({ J })),
    triangle: () => [{}],
  },
})
