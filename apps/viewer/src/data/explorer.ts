import { explorer, type Explorer } from '../explore/explorer.js'
import { dataParams, type DataParams } from './params.js'

/** A file of the reader's, analyzed in the page. */
export const ownData: Explorer = explorer<DataParams>({
  id: 'data',
  name: 'Own data',
  part: 'generalization',
  title: 'The number of examples on which SGD makes an update bounds the test error',
  about:
    'Open a file of labeled examples: the page decides whether they are linearly separable, trains the network, and certifies a bound on the error on new examples. The file stays on this machine.',
  formula:
    '\\operatorname{err}(N) \\;\\le\\; \\frac{\\ln\\binom{n}{c} + \\ln\\frac{n}{\\delta}}{n - c} \\quad\\text{with probability at least } 1 - \\delta,\\ c \\text{ of } n \\text{ examples updated}',
  params: dataParams,
  presets: [
    { name: 'with bias', title: 'a hyperplane anywhere', input: {} },
    { name: 'through 0', title: 'a hyperplane through the origin', input: { bias: 0 } },
    { name: 'width 1', title: 'one hidden unit of each sign', input: { k: 1 } },
    {
      name: 'standardized',
      title: 'features of mean 0 and standard deviation 1',
      input: { standardise: true },
    },
  ],
  view: async () => (await import('./own-data.js')).OwnData,
})
