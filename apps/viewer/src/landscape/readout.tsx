import type { ReadonlySignal } from '@preact/signals'
import { numberText } from '../state/text.js'
import { pointInfo, type Problem } from './problem.js'
import type { Point } from './initial-points.js'
import { pointText } from './describe.js'

/** Loss, gradient and Hessian under the crosshair. */
export function Readout({
  problem,
  pointer,
}: {
  problem: Problem
  pointer: ReadonlySignal<Point>
}) {
  const at = pointer.value
  const { loss, slope } = pointInfo(problem, at)
  const gradient = slope && { x: slope.gradient[0], y: slope.gradient[1] }
  const rows: readonly (readonly [name: string, text: string])[] = [
    ['w', pointText(at)],
    ['loss ℓ', numberText(loss, 4)],
    ['gradient ∇ℓ', gradient ? pointText(gradient, 3) : 'undefined (cusp)'],
    ['gradient norm', gradient ? numberText(Math.hypot(gradient.x, gradient.y), 3) : '–'],
    [
      'Hessian eigenvalues',
      slope ? slope.eigenvalues.map((x) => numberText(x, 3)).join(', ') : '–',
    ],
  ]
  return (
    <dl class="readout" aria-label="At the crosshair">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
