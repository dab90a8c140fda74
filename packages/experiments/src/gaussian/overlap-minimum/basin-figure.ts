import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { pack } from '../../result/packed.js'
import { axesOf, places } from './figures.js'
import type { Found } from './found.js'
import type { MinimumParams } from './params.js'
import { edgeOf } from './plane.js'

/** From where the teacher is reached, for each number of windows. */
export function basinFigures(found: readonly Found[], params: MinimumParams): Figure[] {
  const some = found.filter(({ basins }) => basins)
  if (some.length === 0) return []
  return [
    {
      id: 'basins',
      title: 'Where gradient descent ends',
      caption: `Starts on a grid of $${params.grid} \\times ${params.grid}$ points: green where gradient descent reaches the teacher (star), pale where it ends elsewhere, mostly at the point opposite (diamond) if that is a local minimum.`,
      panels: some.map((one) => basinPanel(one, params)),
    },
  ]
}

function basinPanel(found: Found, params: MinimumParams): Panel {
  const { grid } = params
  const edge = edgeOf(params)
  const ends = found.basins?.ends ?? ''
  const value = Uint8Array.from({ length: grid * grid }, (_, i) => (ends[i] === 'g' ? 0 : 1))
  const lost = value.reduce((sum, x) => sum + x, 0)
  const { frames, dots, names } = places(found, params)
  // points of the grid are the middles of its cells
  const half = edge / grid
  return {
    title: `k = ${found.k}`,
    ...axesOf(params),
    frames: {
      map: { value: pack(value) },
      ...frames,
      share: {
        x: [-edge],
        y: [-edge],
        text: [`${((100 * (value.length - lost)) / value.length).toFixed(1)} % reach w*`],
      },
    },
    marks: [
      {
        mark: 'contour',
        frame: 'map',
        value: 'value',
        columns: grid,
        rows: grid,
        x: [-edge + half, edge - half],
        y: [-edge + half, edge - half],
        levels: [0.5],
        tone: 'holds',
      },
      ...dots,
      ...names,
      nameMark('share', { tone: 'ink', anchor: 'start', dx: 8, dy: -10, bold: true }),
    ],
  }
}
