import { useMemo, useRef } from 'preact/hooks'
import { numberText } from '../state/text.js'
import { ChartFrame, chartOf, curveOf, type Chart } from '../view/chart.js'
import { useWidth } from '../view/use-width.js'
import { pictureType, useRem } from '../landscape/picture-props.js'
import type { ProofRun } from './proof-run.js'

/** The widest picture, in rem: all of it is seen at once. */
const WIDEST = 46
/** Points of the root. */
const POINTS = 120
/** Points of a run that are joined. */
const MOST_POINTS = 800
/** Updates whose points are drawn as dots. */
const DOTS = 200

interface Props {
  readonly run: ProofRun
  /** the update that is shown */
  readonly t: number
  readonly shown: 'to the crossing' | 'the run'
}

/** The line under the root, and the run between them up to one update. */
export function ProofPicture({ run, t, shown }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const rem = useRem()
  const { updates, crossing, line, root } = run
  const whole = shown === 'to the crossing'
  const most = whole ? 1.12 * crossing : Math.max(1, 1.1 * updates)
  const highest = 1.12 * Math.sqrt(root * (whole ? Math.max(most, 1) : most))
  const width = Math.floor(Math.min(room, WIDEST) * rem)
  const chart = chartOf(width, most, highest, pictureType(rem))
  return (
    <div class="proof-picture" ref={box}>
      {room > 0 && (
        <ChartFrame
          chart={chart}
          xName="update t"
          yName="⟨W, W*⟩ / √(2k)"
          label={`Along the updates, a line that rises by ${numberText(line, 3)} in each update and a root meet at t = ${numberText(crossing, 3)}; the run stays between them and ends after ${updates} updates`}
        >
          <Allowed chart={chart} run={run} whole={whole} />
          <Made chart={chart} run={run} t={t} />
        </ChartFrame>
      )}
    </div>
  )
}

/** What the theorem allows: above the line, below the root. */
function Allowed({ chart, run, whole }: { chart: Chart; run: ProofRun; whole: boolean }) {
  const { line, root, crossing } = run
  const { x, y, xMost, type } = chart
  const roots = useMemo(
    () =>
      Array.from({ length: POINTS + 1 }, (_, i) => {
        // closer near 0, where it bends
        const t = xMost * (i / POINTS) ** 2
        return [t, Math.sqrt(root * t)] as const
      }),
    [root, xMost],
  )
  const end = Math.min(xMost, crossing)
  const lens = [...roots.filter(([t]) => t < end), [end, Math.sqrt(root * end)] as const]
  const at = (fraction: number) => fraction * xMost
  return (
    <>
      <path
        class="allowed"
        d={`${curveOf(chart, lens)}L${x(end)} ${y(line * end)}L${x(0)} ${y(0)}Z`}
      />
      <path class="bound" d={curveOf(chart, roots)} />
      <path
        class="bound"
        d={curveOf(chart, [
          [0, 0],
          [xMost, line * xMost],
        ])}
      />
      <text
        class="bound"
        x={x(at(0.36))}
        y={y(Math.sqrt(root * at(0.36))) - 0.8 * type}
        text-anchor="end"
      >
        √((2η + η²R²) t)
      </text>
      <text class="bound" x={x(at(0.6))} y={y(line * at(0.6)) + 1.6 * type}>
        ηαγ t
      </text>
      {whole && (
        <>
          <path class="bound thin" d={`M${x(crossing)} ${y(0)}V${y(line * crossing)}`} />
          <circle class="crossing" cx={x(crossing)} cy={y(line * crossing)} r={0.4 * type} />
          <text
            class="bound strong"
            x={x(crossing) - 0.5 * type}
            y={y(0) - 0.7 * type}
            text-anchor="end"
          >
            no update after t = {numberText(run.most)}
          </text>
        </>
      )}
    </>
  )
}

/** The run up to update t: its alignment, and its norm above it. */
function Made({ chart, run, t }: { chart: Chart; run: ProofRun; t: number }) {
  const { alignment, norm, updates } = run
  const { x, y, type } = chart
  const every = Math.max(1, Math.ceil(t / MOST_POINTS))
  const points = (of: Float64Array) =>
    Array.from({ length: Math.ceil(t / every) + 1 }, (_, i) => {
      const at = Math.min(t, i * every)
      return [at, of[at]] as const
    })
  // a name at its end, that of the upper one above it
  const right = x(t) < 0.62 * chart.width
  const name = {
    x: x(t) + (right ? 0.7 : -0.7) * type,
    'text-anchor': right ? 'start' : 'end',
  } as const
  const between = y(alignment[t]) - y(norm[t])
  const gap = right ? Math.max(0, 1.1 * type - between) / 2 : 1.1 * type
  return (
    <>
      <path class="made dashed" d={curveOf(chart, points(norm))} />
      <path class="made" d={curveOf(chart, points(alignment))} />
      {updates <= DOTS &&
        points(alignment).map(([i, value]) => (
          <circle
            key={i}
            class="dot"
            cx={x(i)}
            cy={y(value)}
            r={i === t ? 0.34 * type : 0.2 * type}
          />
        ))}
      <text class="made" {...name} y={y(norm[t]) + 0.3 * type - gap}>
        ‖W‖
      </text>
      <text
        class="made strong"
        {...name}
        y={y(alignment[t]) + 0.3 * type + (right ? gap : 2 * gap)}
      >
        ⟨W, W*⟩ / √(2k)
      </text>
    </>
  )
}
