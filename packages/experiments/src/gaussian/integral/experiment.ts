import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { IntegralRow } from './measure.js'
import { integralCells, integralParams, type IntegralCell, type IntegralParams } from './params.js'

/**
 * The integral that carries all closed forms: against samples, quadrature and its own naive form.
 */
export const integral: Experiment = defineExperiment<IntegralParams, IntegralCell, IntegralRow>({
  id: 'gaussian/integral',
  part: 'optimisation',
  name: 'The integral',
  title: 'The mean of a product of two ReLUs depends only on lengths and angle',
  about:
    'Every closed form of this part rests on one mean: that of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ over standard normal inputs. ' +
    'Here it is compared with samples and with numerical integration, at angles from $0$ to $\\pi$. ' +
    'Near $\\pi$ it falls like $\\varphi^3$, and written with an arc cosine it is soon nothing but rounding error; another way to write it keeps its digits.',
  formula:
    'g(u,v) = \\mathbb{E}\\,\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\theta + (\\pi-\\theta)\\cos\\theta\\big) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\varphi - \\varphi\\cos\\varphi\\big)',
  symbols: [
    { tex: 'u, v', text: 'two vectors of weights' },
    { tex: 'x', text: 'input of independent standard normal coordinates' },
    { tex: '\\theta', text: 'angle between u and v' },
    { tex: '\\varphi', text: 'π − θ, angle between u and −v' },
  ],
  source: {
    talk: 'Gaussian Inputs: the integral g(u, v)',
    paper: 'Cho & Saul (2009), arc-cosine kernel of degree 1',
    ours: 'the form that keeps its digits',
  },
  params: integralParams,
  presets: { quick: { samples: 20_000 }, full: { samples: 1_000_000 } },
  expectedSeconds: { quick: 0.3, full: 8 },
  cells: integralCells,
  work: () => import('./work.js'),
})
