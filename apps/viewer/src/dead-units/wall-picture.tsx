import { useMemo } from 'preact/hooks'
import type { Wall } from './wall.js'

/** Units of a cell, and the gap between two. */
const CELL = 10
const GAP = 1

/** A column for each coordinate, a row for each unit: lit where the unit is active. */
export function WallPicture({ wall, leaky }: { wall: Wall; leaky: boolean }) {
  const { d, k, active, dead } = wall
  const paths = useMemo(() => {
    const gone = new Set(dead)
    const drawn = { active: '', quiet: '', dead: '' }
    for (let j = 0; j < k; j++)
      for (let i = 0; i < d; i++) {
        const kind = active[j * d + i] === 1 ? 'active' : gone.has(i) ? 'dead' : 'quiet'
        drawn[kind] +=
          `M${CELL * i} ${CELL * (k - 1 - j)}h${CELL - GAP}v${CELL - GAP}h${GAP - CELL}Z`
      }
    return drawn
  }, [wall])
  return (
    <div class={leaky ? 'wall leaky' : 'wall'}>
      <svg
        viewBox={`0 0 ${CELL * d - GAP} ${CELL * k - GAP}`}
        preserveAspectRatio="none"
        height={`${1.25 * k}em`}
        role="img"
        aria-label={`${k} rows of ${d} columns: positive units, and the coordinates on which they are active; ${dead.length} columns have no active unit`}
      >
        <path class="quiet" d={paths.quiet} />
        <path class="dead" d={paths.dead} />
        <path class="active" d={paths.active} />
      </svg>
      <svg
        class="marks"
        viewBox={`0 0 ${CELL * d - GAP} 10`}
        preserveAspectRatio="none"
        height="0.6em"
        aria-hidden="true"
      >
        {!leaky && (
          <path
            d={dead.map((i) => `M${CELL * i} 10h${CELL - GAP}l${(GAP - CELL) / 2} -10Z`).join('')}
          />
        )}
      </svg>
      <p class="axis">
        <span>
          {k} positive {k === 1 ? 'unit' : 'units'} × {d} coordinates
        </span>
      </p>
    </div>
  )
}
