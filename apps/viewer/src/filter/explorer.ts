import { explorer, type Explorer } from '../explore/explorer.js'
import { filterParams, type FilterParams } from './params.js'

const teacher = [1, -0.5, 0.75]

/** The network of a teacher and a student filter on one input, window by window. */
export const filter: Explorer = explorer<FilterParams>({
  id: 'filter',
  name: 'Drag the filter',
  part: 'optimization',
  title: 'The network applies one filter and a ReLU to k patches and outputs their mean',
  about:
    'Drag the weights of the teacher and of the student. At a stride below the length of the filter the patches overlap.',
  formula:
    'f(x;w) = \\frac1k \\sum_{i=0}^{k-1} \\max\\bigl(0,\\, w \\cdot x[i]\\bigr), \\qquad x[i] = (x_{is}, \\dots, x_{is+m-1}), \\qquad \\ell(w) = \\mathbb{E}\\,\\bigl(f(x;w) - f(x;w^*)\\bigr)^2',
  params: filterParams,
  presets: [
    { name: 'no overlap', title: 'stride 3: no two patches share a coordinate', input: {} },
    {
      name: 'overlap',
      title: 'stride 1: neighboring patches share two coordinates',
      input: { stride: 1 },
    },
    {
      name: 'student = teacher',
      title: 'equal outputs on every input: the loss is 0',
      input: { student: teacher },
    },
    {
      name: 'student = −teacher',
      title: 'a patch that is active for one filter is inactive for the other',
      input: { student: teacher.map((weight) => -weight) },
    },
  ],
  view: async () => (await import('./filter.js')).Filter,
})
