import {
  factorizationEscape,
  linearCriticalValues,
  linearFlatSaddle,
  linearMinimumReached,
  linearSaddlesStrict,
  residualGradient,
  residualGradientAttained,
  residualSolved,
  saxeTimes,
} from '@nonconvex/gaussian-theory/linear-nets'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { linearNets } from './experiment.js'
import { modeFigure, residualFigure, saddleFigure } from './figures.js'
import { measureEnds, measureModes, measureResidual, measureSaddles } from './measure.js'

export const work = workOf(linearNets, {
  parts: {
    ends: { measure: ({ depth }, context) => measureEnds(depth, context) },
    saddles: { measure: (_cell, context) => measureSaddles(context) },
    modes: { measure: ({ aligned }, context) => measureModes(aligned, context) },
    residual: { measure: ({ l }, context) => measureResidual(l, context) },
  },
  conclude: ({ ends, saddles, modes, residual }, params, verdict) => {
    const points = saddles.map(({ measured: { constructed, found, values, ...data } }) => ({
      facts: {
        ...data,
        points: [...constructed, ...found],
        values: values.map(({ loss }) => loss),
      },
    }))
    const layersOf = ({ l }: { readonly l: number }) => `${l} layers`
    return {
      verdicts: [
        verdict.each(linearMinimumReached, ['ends'], () =>
          ends.map(({ measured: { ends: runs, tolerance, ...data } }) => ({
            which: `${data.depth} layers`,
            facts: {
              ...data,
              losses: runs.map(({ loss }) => loss),
              unfinished: runs.filter(({ gradient }) => !(gradient <= tolerance)).length,
            },
          })),
        ),
        verdict.each(linearCriticalValues, ['saddles'], () => points),
        verdict.each(linearSaddlesStrict, ['saddles'], () => points),
        verdict.each(linearFlatSaddle, ['saddles'], () =>
          saddles.map(({ measured }) => ({ facts: measured.flat })),
        ),
        verdict.each(factorizationEscape, ['saddles'], () =>
          saddles.flatMap(({ measured }) =>
            measured.wrong.map((facts, i) => ({ which: `eigenvector ${i + 2}`, facts })),
          ),
        ),
        verdict.each(saxeTimes, [{ part: 'modes', where: ({ aligned }) => aligned }], () =>
          modes.flatMap(({ measured }) =>
            measured.aligned
              ? [{ facts: { eta: params.eta, u0: params.u0, modes: measured.modes } }]
              : [],
          ),
        ),
        verdict.each(residualGradient, ['residual'], () =>
          residual.map(({ cell, measured }) => ({ which: layersOf(cell), facts: measured.path })),
        ),
        verdict.each(residualGradientAttained, ['residual'], () =>
          residual.flatMap(({ cell, measured }) =>
            measured.attained.map((facts) => ({ which: layersOf(cell), facts })),
          ),
        ),
        verdict.each(residualSolved, ['residual'], () =>
          residual.map(({ cell, measured }) => ({
            which: layersOf(cell),
            facts: measured.solution,
          })),
        ),
      ],
      tables: [
        tableOf('ends', 'Ends of L-BFGS from random initializations', ends, {
          depth: ['layers', ({ cell }) => cell.depth],
          runs: ['runs', ({ measured }) => measured.ends.length],
          largest: [
            'largest loss',
            ({ measured }) => Math.max(...measured.ends.map((e) => e.loss)),
            12,
          ],
          least: ['$L_{\\min}$', ({ measured }) => measured.least, 12],
        }),
        tableOf(
          'values',
          'Critical losses of two layers',
          saddles.flatMap(({ measured }) =>
            measured.values.map((value, i) => ({
              ...value,
              ...measured.constructed[i],
              found: measured.found.filter(
                ({ loss }) => Math.abs(loss - value.loss) <= 1e-9 * measured.total,
              ).length,
            })),
          ),
          {
            kept: [
              '$J$',
              ({ kept }) => (kept.length === 0 ? '∅' : kept.map((i) => i + 1).join(', ')),
            ],
            loss: ['$L_J$', ({ loss }) => loss, 8],
            curvature: ['smallest eigenvalue', ({ curvature }) => curvature, 4],
            found: ['found from random weights', ({ found }) => found],
          },
        ),
        tableOf(
          'modes',
          'Half-times of the modes',
          modes.flatMap(({ measured }) =>
            measured.modes.map((mode) => ({ ...mode, aligned: measured.aligned })),
          ),
          {
            initialization: ['initialization', ({ aligned }) => (aligned ? 'aligned' : 'random')],
            s: ['$\\sigma$', ({ s }) => s],
            time: ['time of $\\sigma/2$', ({ time }) => time, 5],
          },
        ),
      ],
      figures: [
        saddleFigure(
          saddles.map(({ measured }) => measured),
          params,
        ),
        modeFigure(
          modes.map(({ measured }) => measured),
          params,
        ),
        residualFigure(residual.map(({ cell, measured }) => ({ l: cell.l, measured }))),
      ],
    }
  },
})
