import { oppositeKind } from '@nonconvex/gaussian-theory/atlas'
import type { Table } from '../../define/table.js'
import type { Found } from './found.js'
import { shapeOf, teacherOf, type MinimumParams } from './params.js'

/** The point opposite to the teacher for each number of windows. */
export function minimumTable(found: readonly Found[], params: MinimumParams): Table {
  const { starts, grid } = params
  return {
    id: 'minimum',
    title: `The point opposite to the teacher (${teacherOf(params).join(', ')})`,
    columns: [
      { name: 'k', title: '$k$' },
      { name: 't0', title: 'at, in units of $-w^*$', digits: 6 },
      { name: 'kind', title: 'kind' },
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 6 },
      { name: 'gradient', title: 'gradient$/\\lVert w^*\\rVert$', digits: 2 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'greatest', title: 'largest eigenvalue', digits: 4 },
      { name: 'certificate', title: 'certificate' },
      { name: 'radius', title: 'radius without another, float64', digits: 4 },
      { name: 'proved', title: 'radius, proved', digits: 4 },
      { name: 'trapped', title: 'starts in the trap that end there' },
      { name: 'reached', title: 'starts opposite that reach the teacher' },
      { name: 'basin', title: 'share of the map that reaches the teacher', digits: 3 },
    ],
    rows: found.map(({ k, point, certificates, trap, basins }) => [
      k,
      point?.t0 ?? null,
      point
        ? oppositeKind({
            shape: shapeOf(k, params),
            gradient: point.gradientNorm,
            eigenvalues: point.eigenvalues,
          })
        : null,
      point?.loss ?? null,
      point?.gradientNorm ?? null,
      point?.eigenvalues[0] ?? null,
      point?.eigenvalues.at(-1) ?? null,
      certificates?.float64?.status ?? null,
      certificates?.float64?.radius ?? null,
      certificates?.proof?.radius ?? null,
      trap ? `${trap.trapped} of ${starts}` : null,
      trap ? `${trap.reached} of ${starts}` : null,
      basins ? [...basins.ends].filter((end) => end === 'g').length / grid ** 2 : null,
    ]),
  }
}
