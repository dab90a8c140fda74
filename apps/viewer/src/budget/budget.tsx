import '../style/by-hand.css'
import '../style/bars.css'
import '../style/budget.css'
import { useMemo, useRef } from 'preact/hooks'
import { Bars, type BarScale } from '../explore/bars.js'
import type { ExplorerProps } from '../explore/explorer.js'
import { beginGesture, commit, edit } from '../state/route.js'
import { numberText } from '../state/text.js'
import { Mark } from '../view/mark.js'
import { useWidth } from '../view/use-width.js'
import { keepsBudget, labelsOf, type BudgetLabels } from './labels.js'
import { scoreRange, type BudgetParams } from './params.js'

/** Scores as bars with the threshold as a water line, and the labels of each method. */
export function Budget({ params }: ExplorerProps<BudgetParams>) {
  const { scores } = params
  const methods = useMemo(() => labelsOf(params), [params])
  const [projection] = methods
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const rem = room > 0 ? parseFloat(getComputedStyle(document.documentElement).fontSize) : 16
  const width = Math.floor(rem * Math.min(46, room))
  return (
    <div class="budget by-hand">
      <div class="picture" ref={box}>
        {room > 0 && (
          <>
            <h2>Scores v and the threshold τ</h2>
            <Bars
              label="Scores of the objects"
              names={scores.map((_, i) => `object ${i + 1}`)}
              brief={width / scores.length < 56}
              values={scores}
              range={scoreRange}
              width={width}
              height={190}
              tone="score"
              onChange={(next, how) => {
                edit('scores', next.join(', '))
                if (how === 'drag') return
                if (how === 'drop') beginGesture()
                commit('scores')
              }}
            >
              {(scale) => <Water labels={projection} scores={scores} scale={scale} />}
            </Bars>
            <Sums methods={methods} params={params} />
            <h2>Labels y</h2>
            <LabelBars methods={methods} width={width} />
          </>
        )}
      </div>
      <p class="remark">{statement(projection, params)}</p>
      <p class="note">
        What stands out of the water, up to the height 1, is the label. The soft labels are logistic
        functions of (v − τ)/ε; the published projection is the one of the program of Predict and
        Constrain, to exactly z.
      </p>
    </div>
  )
}

interface WaterProps {
  readonly labels: BudgetLabels
  readonly scores: readonly number[]
  readonly scale: BarScale
}

/** The threshold over the bars, and what of each score is above it. */
function Water({ labels: { tau = 0, y }, scores, scale }: WaterProps) {
  const at = (value: number) => scale.y(Math.min(scoreRange.max, Math.max(scoreRange.min, value)))
  const floor = scale.y(scoreRange.min)
  return (
    <g class="water">
      <rect class="below" x={0} width={scale.width} y={at(tau)} height={floor - at(tau)} />
      {scores.map((_, i) => (
        <rect
          key={i}
          class="label"
          x={(i + 0.2) * scale.column}
          width={0.6 * scale.column}
          y={at(tau + y[i])}
          height={at(tau) - at(tau + y[i])}
        />
      ))}
      <line x1={0} x2={scale.width} y1={at(tau)} y2={at(tau)} />
      <line class="one" x1={0} x2={scale.width} y1={at(tau + 1)} y2={at(tau + 1)} />
      <text x={scale.width - 2} y={at(tau) - 4}>
        τ = {numberText(tau, 3)}
      </text>
      {tau + 1 < scoreRange.max && (
        <text x={scale.width - 2} y={at(tau + 1) - 4}>
          τ + 1
        </text>
      )}
    </g>
  )
}

const names = { projection: 'projection', soft: 'soft', published: 'published' } as const
const HEIGHT = 110
const [HEAD, FOOT] = [8, 18]
/** The highest label that is drawn; published labels can be above 1. */
const TOP = 1.3

/** The labels of all methods beside each other, object by object. */
function LabelBars({ methods, width }: { methods: readonly BudgetLabels[]; width: number }) {
  const column = width / methods[0].y.length
  const bar = (0.72 * column) / methods.length
  const at = (value: number) => HEAD + (HEIGHT - HEAD - FOOT) * (1 - Math.min(TOP, value) / TOP)
  const text = methods
    .map(
      ({ method, y }) => `${names[method]}: ${y.map((label) => numberText(label, 2)).join(', ')}`,
    )
    .join('; ')
  return (
    <svg
      class="bars label-bars"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={`Labels of the objects; ${text}`}
    >
      <line class="zero" x1={0} x2={width} y1={at(0)} y2={at(0)} />
      <line class="one" x1={0} x2={width} y1={at(1)} y2={at(1)} />
      {methods.map(({ method, y }, m) =>
        y.map((label, i) => (
          <rect
            key={`${method} ${i}`}
            class={`by-${method}${label >= 0.5 ? ' on' : ''}`}
            x={(i + 0.14) * column + m * bar + 1}
            width={bar - 2}
            y={at(label)}
            height={at(0) - at(label)}
          />
        )),
      )}
      {methods[0].y.map((label, i) => (
        <text key={i} x={(i + 0.5) * column} y={HEIGHT - 3} class={label >= 0.5 ? 'on' : 'name'}>
          {label >= 0.5 ? (column < 56 ? `${i + 1} ●` : 'table ●') : column < 56 ? i + 1 : '○'}
        </text>
      ))}
    </svg>
  )
}

interface SumsProps {
  readonly methods: readonly BudgetLabels[]
  readonly params: BudgetParams
}

/** The sum of the labels of each method, against the budget. */
function Sums({ methods, params }: SumsProps) {
  const { rule, z } = params
  return (
    <dl class="readings sums" aria-live="polite">
      <div>
        <dt>budget</dt>
        <dd>
          {rule === 'exactly z' ? 'Σ y = ' : 'Σ y ≤ '}
          {numberText(z, 3)}
        </dd>
      </div>
      {methods.map((labels) => {
        const keeps = keepsBudget(labels, params)
        return (
          <div key={labels.method} data-method={labels.method}>
            <dt>
              <span class={`swatch by-${labels.method}`} aria-hidden="true" />
              {names[labels.method]}
            </dt>
            <dd>
              <Mark
                status={keeps ? 'holds' : 'violated'}
                word={keeps ? 'budget kept' : 'budget exceeded or missed'}
              />{' '}
              Σ y = {numberText(labels.sum, 4)}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** What the projection does to these scores, in a sentence. */
function statement({ tau = 0, y }: BudgetLabels, { rule, scores }: BudgetParams): string {
  const on = y.flatMap((label, i) => (label >= 0.5 ? [i + 1] : []))
  const tables =
    on.length === 0
      ? 'No label is on (y ≥ ½).'
      : `On (y ≥ ½): ${on.length === 1 ? 'object' : 'objects'} ${on.join(', ')}.`
  if (rule === 'at most z' && tau === 0)
    return `The scores, clipped to [0, 1], satisfy the budget: τ = 0 and it does not bind. ${tables}`
  const whole = y.filter((label) => label === 0 || label === 1).length
  return `τ = ${numberText(tau, 4)}; ${whole} of ${scores.length} labels are 0 or 1. ${tables}`
}
