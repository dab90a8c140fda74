import type { Snapshot } from './training.js'

const RADIUS = 50

/** Directions of the hidden units in the plane, the longest as long as the radius. */
export function Units({ snapshot }: { snapshot: Snapshot }) {
  const { net, dead } = snapshot
  const gone = new Set(dead?.units)
  let longest = 0
  for (let j = 0; j < 2 * net.k; j++) longest = Math.max(longest, lengthOf(net.weights, j))
  const rays = { positive: '', negative: '', dead: '' }
  for (let j = 0; j < 2 * net.k; j++) {
    const kind = gone.has(j) ? 'dead' : j < net.k ? 'positive' : 'negative'
    const unit = (RADIUS * 0.98) / (longest || 1)
    rays[kind] +=
      `M0 0L${(unit * net.weights[3 * j]).toFixed(1)} ${(-unit * net.weights[3 * j + 1]).toFixed(1)}`
  }
  return (
    <svg
      class="units"
      viewBox={`${-RADIUS} ${-RADIUS} ${2 * RADIUS} ${2 * RADIUS}`}
      role="img"
      aria-label={`Directions of the ${2 * net.k} hidden units${dead ? `, ${gone.size} of them dead` : ''}`}
    >
      <circle class="rim" r={RADIUS - 0.5} />
      <path class="dead" d={rays.dead} />
      <path class="negative" d={rays.negative} />
      <path class="positive" d={rays.positive} />
    </svg>
  )
}

const lengthOf = (weights: Float64Array, j: number): number =>
  Math.hypot(weights[3 * j], weights[3 * j + 1])
