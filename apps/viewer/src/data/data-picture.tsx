import { useMemo } from 'preact/hooks'
import { numberText } from '../state/text.js'
import type { DataAnswer, Projected } from './messages.js'

const SIDE = 400
const ROOM = 14

/** The examples on their two principal directions. */
export function DataPicture({ answer }: { answer: DataAnswer }) {
  const { projected, explained, classes, fit } = answer
  const at = useMemo(() => placing(projected), [projected])
  const many = projected.length > 300
  return (
    <figure class="data-picture">
      <svg
        class={many ? 'plane still many' : 'plane still'}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="img"
        aria-label={`${projected.length} examples on two principal directions, ${projected.filter(({ wrong }) => wrong).length} of them misclassified`}
      >
        <rect class="rim" width={SIDE} height={SIDE} />
        {projected.map((point, i) => {
          const [cx, cy] = at(point)
          return (
            <g key={i}>
              {point.updated && <circle class="ring" cx={cx} cy={cy} r={many ? 6 : 8.5} />}
              <circle
                class={point.label > 0 ? 'plus' : 'minus'}
                cx={cx}
                cy={cy}
                r={many ? 2.8 : 4.2}
              />
              {point.wrong && (
                <path class="wrong" d={`M${cx - 7} ${cy - 7}l14 14M${cx + 7} ${cy - 7}l-14 14`} />
              )}
            </g>
          )
        })}
      </svg>
      <figcaption>
        {projected.length < fit.table.examples &&
          `${numberText(projected.length)} of ${numberText(fit.table.examples)} examples. `}
        The two principal directions, {numberText(100 * explained, 3)} % of the variance. Discs:{' '}
        <b>{classes.positive}</b>; rings: <b>{classes.negative}</b>. A ring around an example: it
        caused an update. A cross: misclassified.
      </figcaption>
    </figure>
  )
}

/** Both axes on one scale, the examples in the middle. */
function placing(points: readonly Projected[]): (point: Projected) => readonly [number, number] {
  const range = (of: (point: Projected) => number) => {
    let [least, most] = [Infinity, -Infinity]
    for (const point of points) {
      least = Math.min(least, of(point))
      most = Math.max(most, of(point))
    }
    return { middle: (least + most) / 2, half: (most - least) / 2 }
  }
  const [x, y] = [range((point) => point.x), range((point) => point.y)]
  const unit = (SIDE / 2 - ROOM) / (Math.max(x.half, y.half) || 1)
  return (point) => [
    Math.round(10 * (SIDE / 2 + unit * (point.x - x.middle))) / 10,
    Math.round(10 * (SIDE / 2 - unit * (point.y - y.middle))) / 10,
  ]
}
