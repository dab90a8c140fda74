import { numberText } from '../state/text.js'
import { coverage, type Pass, type Patches } from './model.js'

interface Props {
  readonly x: Float64Array
  readonly m: number
  readonly patches: Patches
  readonly teacher: Pass
  readonly student: Pass
  /** the patch whose product is shown */
  readonly at: number
  readonly width: number
  readonly onPick: (patch: number) => void
}

const CELL = 40
const LANE = 7
/** Between brackets and ReLUs, and between ReLUs and the mean. */
const [GAP, RISE] = [26, 34]
/** Half the height of a ReLU. */
const UNIT = 12
const TEXT = 20

/** One input with the patches, and above and below it the ReLUs and outputs of both networks. */
export function Strip({ x, m, patches, teacher, student, at, width, onPick }: Props) {
  const { k, stride } = patches
  const cell = Math.min(72, (width - 2) / x.length)
  const left = (width - cell * x.length) / 2
  const lanes = Math.min(k, Math.ceil(m / stride))
  const wing = TEXT + RISE + 2 * UNIT + GAP + lanes * LANE
  const [top, height] = [wing, 2 * wing + CELL]
  const counts = coverage(m, patches)
  const middle = (i: number) => left + cell * (i * stride + m / 2)
  const half = Math.min(24, (cell * Math.min(stride, m)) / 2 - 1, (cell * stride) / 2 - 1)
  const side = (pass: Pass, name: string, tone: string, away: 1 | -1) => {
    const edge = away < 0 ? top : top + CELL
    const unit = edge + away * (lanes * LANE + GAP + UNIT)
    const mean = unit + away * (UNIT + RISE)
    return (
      <g class={`side ${tone}`}>
        {pass.sums.map((sum, i) => {
          const bracket = edge + away * (LANE * (i % lanes) + 4)
          const [from, to] = [left + cell * i * stride + 2, left + cell * (i * stride + m) - 2]
          const active = sum > 0
          return (
            <g key={i} class={`window${active ? ' active' : ''}${i === at ? ' chosen' : ''}`}>
              <path
                class="bracket"
                d={`M${from} ${bracket - away * 3}V${bracket}H${to}V${bracket - away * 3}`}
              />
              <line x1={middle(i)} x2={middle(i)} y1={bracket} y2={unit - away * UNIT} />
              <line x1={middle(i)} x2={width / 2} y1={unit + away * UNIT} y2={mean} />
              <rect
                class="unit"
                x={middle(i) - half}
                y={unit - UNIT}
                width={2 * half}
                height={2 * UNIT}
                rx={3}
              />
              <text x={middle(i)} y={unit + 4}>
                {active ? numberText(sum, half < 17 ? 2 : 3) : '0'}
              </text>
            </g>
          )
        })}
        <text class="mean" x={width / 2} y={away < 0 ? mean - 6 : mean + 15}>
          {name} = {numberText(pass.output, 4)}
        </text>
      </g>
    )
  }
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="group"
      aria-label={`One input with ${k} patches, the teacher's ReLUs above and the student's below`}
    >
      {side(teacher, 'mean f(x; w*)', 'teacher', -1)}
      {side(student, 'mean f(x; w)', 'student', 1)}
      {Array.from(x, (value, i) => (
        <g key={i} class={`cell${counts[i] > 1 ? ' common' : ''}${counts[i] === 0 ? ' idle' : ''}`}>
          <rect x={left + cell * i} y={top} width={cell} height={CELL} />
          <rect
            class="value"
            x={left + cell * (i + 0.25)}
            width={cell / 2}
            y={top + CELL / 2 - Math.max(0, value) * 7}
            height={Math.min(CELL / 2, Math.abs(value) * 7)}
          />
          {cell >= 34 && (
            <text x={left + cell * (i + 0.5)} y={value < 0 ? top + 14 : top + CELL - 6}>
              {numberText(value, 2)}
            </text>
          )}
          {counts[i] > 1 && (
            <text class="times" x={left + cell * (i + 1) - 3} y={top + 10}>
              {cell >= 20 ? `${counts[i]}×` : counts[i]}
            </text>
          )}
        </g>
      ))}
      <rect
        class="frame"
        x={0}
        y={top - 3}
        width={cell * m}
        height={CELL + 6}
        transform={`translate(${left + cell * at * stride} 0)`}
      />
      {Array.from({ length: k }, (_, i) => (
        <rect
          key={i}
          class="pick"
          x={middle(i) - Math.max(half, 1)}
          width={2 * Math.max(half, 1)}
          y={0}
          height={height}
          onPointerEnter={() => {
            onPick(i)
          }}
        />
      ))}
    </svg>
  )
}
