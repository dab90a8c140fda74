import { themes, type PointKind } from '@nonconvex/experiments/figure'
import { theme } from '../state/theme.js'
import { numberText } from '../state/text.js'
import { glyph } from './glyph.js'
import type { CriticalPoint, CriticalPoints } from './critical-points.js'
import type { Shape } from './shape.js'
import { pointText } from './describe.js'

/** The critical points, each with its mark in the picture and with evidence. */
export function CriticalPointsTable({
  known: { points, completeness },
}: {
  known: CriticalPoints
}) {
  return (
    <section class="critical-points">
      <h2>Critical points</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table: critical points">
        <table>
          <thead>
            <tr>
              <th scope="col">kind</th>
              <th scope="col">w</th>
              <th scope="col" class="number">
                loss
              </th>
              <th scope="col" class="number">
                gradient norm
              </th>
              <th scope="col">Hessian eigenvalues</th>
              <th scope="col">evidence</th>
            </tr>
          </thead>
          <tbody>
            {points.map((place) => (
              <Row key={`${place.kind} ${place.at.x} ${place.at.y}`} place={place} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{completeness}</p>
    </section>
  )
}

function Row({ place: { kind, at, loss, slope, known } }: { place: CriticalPoint }) {
  return (
    <tr>
      <td class="name">
        <PointMark kind={kind} />
        {kind}
      </td>
      <td>{pointText(at)}</td>
      <td class="number">{numberText(loss, 4)}</td>
      <td class="number">{slope ? numberText(Math.hypot(...slope.gradient), 2) : 'undefined'}</td>
      <td>
        {slope ? slope.eigenvalues.map((x) => numberText(tidy(x), 3)).join(', ') : 'undefined'}
      </td>
      <td class="sentence">{known}</td>
    </tr>
  )
}

/** Eigenvalues are known to about 1e−15: what is nearer to 0 is shown as 0. */
function tidy(eigenvalue: number): number {
  return Math.abs(eigenvalue) < 1e-14 ? 0 : eigenvalue
}

function PointMark({ kind }: { kind: PointKind }) {
  return <ShapeMark shape={glyph(kind, 8, 8, 5.4, themes[theme.value])} />
}

/** A shape of the picture, 16 units in size, beside a word. */
function ShapeMark({ shape }: { shape: Shape }) {
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
