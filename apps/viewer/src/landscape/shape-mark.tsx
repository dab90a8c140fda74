import type { Shape } from './shape.js'

/** A shape of the picture, 16 units in size, beside a word. */
export function ShapeMark({ shape }: { shape: Shape }) {
  return (
    <svg class="shape" viewBox="0 0 16 16" aria-hidden="true">
      {shape.kind === 'disc' && (
        <circle
          cx={shape.x}
          cy={shape.y}
          r={shape.radius}
          fill={shape.fill ?? 'none'}
          stroke={shape.stroke}
          stroke-width={shape.width}
        />
      )}
      {shape.kind === 'lines' && (
        <polygon
          points={Array.from(shape.lines[0] ?? []).join(' ')}
          fill={shape.fill ?? 'none'}
          stroke={shape.stroke}
          stroke-width={shape.width}
        />
      )}
    </svg>
  )
}
