import { useRef } from 'preact/hooks'
import { numberText } from '../state/text.js'
import { pictureType, useRem } from '../landscape/picture-props.js'
import { ChartFrame, chartOf, curveOf } from '../view/chart.js'
import { useWidth } from '../view/use-width.js'
import { MOST_UNITS } from './params.js'
import { DRAWS, type FailureRate } from './wall.js'

/** The widest picture, in rem. */
const WIDEST = 34

interface Props {
  readonly rates: readonly FailureRate[]
  readonly d: number
  readonly k: number
}

/** The failure rate against the width, beside its exact probability. */
export function RatePicture({ rates, d, k }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const rem = useRem()
  const chart = chartOf(
    Math.floor(Math.min(room, WIDEST) * rem),
    MOST_UNITS + 0.5,
    1.05,
    pictureType(rem),
  )
  const { x, y, type } = chart
  const turn = Math.log2(d)
  return (
    <div class="rate-picture" ref={box}>
      {room > 0 && (
        <ChartFrame
          chart={chart}
          xName="width k"
          yName="failure rate of SGD with ReLU"
          label={`The failure probability falls from nearly 1 to nearly 0 around k = ${numberText(turn, 3)}; ${DRAWS} random initializations of each width agree`}
        >
          <path class="turn" d={`M${x(turn)} ${y(0)}V${y(1.05)}`} />
          <text class="soft" x={x(turn) + 0.4 * type} y={y(1)}>
            k = log₂ d = {numberText(turn, 3)}
          </text>
          <path
            class="exact"
            d={curveOf(
              chart,
              rates.map(({ k: at, probability }) => [at, probability]),
            )}
          />
          {rates.map(({ k: at, failed, low, high }) => (
            <g key={at} class={at === k ? 'rate here' : 'rate'}>
              <path d={`M${x(at)} ${y(low)}V${y(high)}`} />
              <circle cx={x(at)} cy={y(failed / DRAWS)} r={(at === k ? 0.4 : 0.26) * type} />
            </g>
          ))}
        </ChartFrame>
      )}
    </div>
  )
}
