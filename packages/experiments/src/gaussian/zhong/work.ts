import {
  teacherBasin,
  teacherConvex,
  teacherConvexAttained,
  teacherRate,
} from '@nonconvex/gaussian-theory/zhong'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { zhong } from './experiment.js'
import { basinFigure, curvatureFigure, rhoFigure } from './figures.js'
import { measureBasin, measureRate, measureTeachers } from './measure.js'

export const work = workOf(zhong, {
  parts: {
    teachers: { measure: (_cell, context) => measureTeachers(context) },
    rate: { measure: (_cell, context) => measureRate(context) },
    basin: { measure: ({ distance }, context) => measureBasin(distance, context) },
  },
  conclude: ({ teachers, rate, basin }, params, verdict) => {
    const { runs, basinSize } = params
    return {
      verdicts: [
        verdict.each(
          teacherConvex,
          ['teachers'],
          () =>
            teachers.flatMap(({ measured }) =>
              measured.random.map((facts, i) => ({
                which: `teacher ${i + 1}`,
                facts: { ...facts, activation: params.activation },
              })),
            ),
          { closeness: (measured, bound) => bound / measured },
        ),
        verdict.each(teacherConvexAttained, ['teachers'], () =>
          teachers.flatMap(({ measured }) => measured.orthonormal.map((facts) => ({ facts }))),
        ),
        verdict.each(teacherRate, ['rate'], () =>
          rate.map(({ measured }) => ({ facts: { ...measured, eta: params.eta } })),
        ),
        verdict.each(teacherBasin, ['basin'], () =>
          basin.map(({ cell: { distance }, measured: { same, unfinished } }) => ({
            which: `ε = ${distance}`,
            facts: {
              k: basinSize,
              distance,
              runs,
              missed: runs - same - unfinished,
              unfinished,
            },
          })),
        ),
      ],
      tables: [
        tableOf('basin', `Ends of ${runs} runs from each distance, k = ${basinSize}`, basin, {
          distance: ['$\\varepsilon$', ({ cell }) => cell.distance],
          same: ['at the teacher', ({ measured }) => measured.same],
          global: ['at a permutation of it', ({ measured }) => measured.global - measured.same],
          elsewhere: ['elsewhere', ({ measured }) => runs - measured.global - measured.unfinished],
        }),
        tableOf('rate', 'The rate next to an orthonormal teacher', rate, {
          k: ['$k$', () => params.k],
          eta: ['$\\eta$', () => params.eta],
          rate: ['rate', ({ measured }) => measured.rate, 7],
          predicted: ['$1-\\eta\\rho$', ({ measured }) => 1 - params.eta * measured.rho, 7],
        }),
      ],
      figures: [
        curvatureFigure(
          teachers.map(({ measured }) => measured),
          params,
        ),
        basinFigure(
          rate.map(({ measured }) => measured),
          basin.map(({ cell, measured }) => ({ ...cell, ...measured })),
          params,
        ),
        rhoFigure(),
      ],
    }
  },
})
