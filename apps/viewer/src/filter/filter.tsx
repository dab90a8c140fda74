import '../style/bars.css'
import '../style/filter.css'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Bars } from '../explore/bars.js'
import type { ExplorerProps } from '../explore/explorer.js'
import { beginGesture, commit, edit } from '../state/route.js'
import { numberText } from '../state/text.js'
import { useReducedMotion } from '../view/use-reduced-motion.js'
import { useWidth } from '../view/use-width.js'
import { coverage, expectedLoss, inputOf, passOf, SAMPLES, sampledLoss } from './model.js'
import { LARGEST, type FilterParams } from './params.js'
import { Strip } from './strip.js'

const range = { min: -LARGEST, max: LARGEST, step: 0.05 }
/** How long the filter rests at a patch, in milliseconds. */
const REST = 900

/** Teacher and student on one input, and the loss on it and in expectation. */
export function Filter({ params, seed }: ExplorerProps<FilterParams>) {
  const { k, stride, teacher, student } = params
  const m = teacher.length
  const patches = { k, stride }
  const x = useMemo(() => inputOf(seed, m, patches), [seed, m, k, stride])
  const above = passOf(teacher, x, patches)
  const below = passOf(student, x, patches)
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const [at, setAt] = useState(0)
  const patch = Math.min(at, k - 1)
  const rem = room > 0 ? parseFloat(getComputedStyle(document.documentElement).fontSize) : 16
  const beside = room >= 38
  const wide = Math.floor(rem * room)
  const bars = beside ? 148 : Math.floor((wide - 24) / 2)
  const editor = (name: 'teacher' | 'student', symbol: string, values: readonly number[]) => (
    <div class={`weights ${name}`}>
      <h2>
        {name} <i>{symbol}</i>
      </h2>
      <Bars
        label={`Weights of the ${name}`}
        names={values.map((_, i) => `${symbol}${subscripts[i]}`)}
        {...{ values, range }}
        width={bars}
        height={104}
        tone={name}
        onChange={(next, how) => {
          edit(name, next.join(', '))
          if (how === 'drag') return
          if (how === 'drop') beginGesture()
          commit(name)
        }}
      />
    </div>
  )
  return (
    <div class="filter by-hand">
      <div class="picture" ref={box}>
        {room > 0 && (
          <div class={beside ? 'network-of both' : 'network-of'}>
            {editor('teacher', 'w*', teacher)}
            <Strip
              {...{ x, m, patches }}
              teacher={above}
              student={below}
              at={patch}
              width={beside ? wide - bars - 24 : wide}
              onPick={setAt}
            />
            {editor('student', 'w', student)}
          </div>
        )}
        <Losses
          {...{ seed, student, teacher, k, stride }}
          difference={below.output - above.output}
        />
        <Walk k={k} at={patch} onMove={setAt} />
        <p class="product" role="status">
          {productText(teacher, 'w*', x, patch, stride)}
          <br />
          {productText(student, 'w', x, patch, stride)}
        </p>
      </div>
      <p class="remark">{overlapText(coverage(m, patches), stride >= m)}</p>
    </div>
  )
}

const subscripts = ['₁', '₂', '₃', '₄']

/** The product of the filter and one patch, and the ReLU of it. */
function productText(
  w: readonly number[],
  symbol: string,
  x: Float64Array,
  patch: number,
  stride: number,
): string {
  const terms = w.map((weight, j) => [weight, x[patch * stride + j]] as const)
  const sum = terms.reduce((total, [weight, value]) => total + weight * value, 0)
  const products = terms.map(([a, b]) => `${numberText(a, 3)} · ${signed(b)}`)
  const end = sum > 0 ? `ReLU ${numberText(sum, 3)}` : 'ReLU 0'
  return `Patch ${patch + 1}, ${symbol} · x[${patch}] = ${products.join(' + ')} = ${numberText(sum, 3)} → ${end}`
}

const signed = (value: number) => (value < 0 ? `(${numberText(value, 2)})` : numberText(value, 2))

function overlapText(counts: readonly number[], disjoint: boolean): string {
  const common = counts.filter((count) => count > 1).length
  if (common > 0)
    return `The patches overlap: ${common} of ${counts.length} coordinates, marked with their number of patches, lie in more than one patch.`
  return disjoint || counts.length > 1
    ? 'No coordinate lies in two patches: the patches are independent, as the theorem on patches without overlap assumes.'
    : 'There is one patch.'
}

interface WalkProps {
  readonly k: number
  readonly at: number
  readonly onMove: (patch: number) => void
}

/** Moves the filter from patch to patch: by steps, or as a film for those who want motion. */
function Walk({ k, at, onMove }: WalkProps) {
  const still = useReducedMotion()
  const [playing, setPlaying] = useState(false)
  const moving = playing && !still
  useEffect(() => {
    if (!moving) return
    const timer = setTimeout(() => {
      onMove((at + 1) % k)
    }, REST)
    return () => {
      clearTimeout(timer)
    }
  }, [moving, at, k])
  const step = (by: number) => {
    setPlaying(false)
    onMove((at + by + k) % k)
  }
  return (
    <div class="tools" role="group" aria-label="Patch">
      {!still && (
        <button
          type="button"
          class="strong"
          onClick={() => {
            setPlaying(!playing)
          }}
        >
          {playing ? 'Pause' : 'Slide the filter'}
        </button>
      )}
      <button
        type="button"
        class="plain"
        onClick={() => {
          step(-1)
        }}
      >
        previous patch
      </button>
      <button
        type="button"
        class="plain"
        onClick={() => {
          step(1)
        }}
      >
        next patch
      </button>
    </div>
  )
}

interface LossesProps {
  readonly seed: number
  readonly student: readonly number[]
  readonly teacher: readonly number[]
  readonly k: number
  readonly stride: number
  /** of the outputs on the input that is shown */
  readonly difference: number
}

/** The loss on this input, its expectation in closed form, and its mean over a sample. */
function Losses({ seed, student, teacher, k, stride, difference }: LossesProps) {
  const key = [seed, k, stride, ...student, ...teacher].join()
  const sample = useMemo(() => sampledLoss(seed, student, teacher, { k, stride }), [key])
  return (
    <dl class="readings">
      <div>
        <dt>squared error on this input</dt>
        <dd data-loss="here">{numberText(difference ** 2, 4)}</dd>
      </div>
      <div>
        <dt>expected loss ℓ(w), closed form</dt>
        <dd data-loss="expected">{numberText(expectedLoss(student, teacher, { k, stride }), 4)}</dd>
      </div>
      <div>
        <dt>mean over {numberText(SAMPLES)} inputs</dt>
        <dd data-loss="sampled">
          {numberText(sample.mean, 4)} ± {numberText(sample.error, 2)}
        </dd>
      </div>
    </dl>
  )
}
