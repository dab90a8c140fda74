import '../style/separable.css'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import type { Verdict } from '@nonconvex/optim/claims'
import { commit, edit } from '../state/route.js'
import { numberText } from '../state/text.js'
import { PlayBar } from '../view/play-bar.js'
import { Verdicts } from '../view/verdicts.js'
import { Counter, Outcome } from './counter.js'
import type { SeparableParams } from './params.js'
import { Pens } from './pens.js'
import { Plane, type Pen } from './plane.js'
import type { Player } from './player.js'
import { pointsOf } from './point-sets.js'
import { formatPoints, type LabeledPoint } from './points.js'
import { PointFiles, usePointFile } from './point-files.js'
import { examplesOf, problemOf, type Activation, type Examples } from './problem.js'
import { Units } from './units.js'
import { usePlayer } from './use-player.js'
import { verdictsOf } from './verdict.js'
import { WidthsPart } from './widths-part.js'

const activations: readonly Activation[] = ['leaky ReLU', 'ReLU']

/** Points of two classes, and a network that learns them with leaky ReLU and with ReLU. */
export function SeparablePlayground({ params, seed, address }: ExplorerProps<SeparableParams>) {
  const { k, alpha, eta } = params
  const points = useMemo(() => pointsOf(params.points, seed), [params.points, seed])
  const examples = useMemo(() => examplesOf(points), [points])
  const problems = useMemo(
    () =>
      examples ? activations.map((each) => problemOf(examples, { k, alpha, eta }, seed, each)) : [],
    [examples, k, alpha, eta, seed],
  )
  const player = usePlayer(problems)
  const [pen, setPen] = useState<Pen>(1)
  const file = usePointFile()
  const [drawing, setDrawing] = useState(false)
  const draw = (next: readonly LabeledPoint[], done: boolean) => {
    setDrawing(!done)
    edit('points', formatPoints(next))
    if (done) commit()
  }
  return (
    <div
      class="separable by-hand"
      onDragOver={(event) => {
        event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        file.open(event.dataTransfer?.files[0])
      }}
    >
      <div class="picture">
        <div class="tools">
          {examples && <PlayBar player={player} />}
          <Pens
            pen={pen}
            onPick={setPen}
            onClear={() => {
              draw([], true)
            }}
          />
        </div>
        <p class="remark" role="status">
          {examples ? separableText(examples) : 'Draw points of both classes.'}
        </p>
        <Planes {...{ player, points, pen, alpha, drawing }} onDraw={draw} />
      </div>
      <p class="note">
        Discs and rings are the two classes; the tint is the sign of the network’s output N, with
        thin lines at N = ±1. The dashed line is the max-margin separator. A ring around a point: it
        caused an update. The small disc shows the directions of the hidden units: blue have weight
        +v, black −v, gray and dotted are dead on all points.
      </p>
      {examples && <WidthsPart {...{ examples, k, alpha, eta, seed }} />}
      <Theorem player={player} drawing={drawing} />
      <PointFiles {...{ points, params, seed, address, file }} />
    </div>
  )
}

/** The margin, or why there is none. */
function separableText({ separable, radius }: Examples): string {
  switch (separable.kind) {
    case 'separable':
      return `Linearly separable: margin γ = ${numberText(separable.lo / radius, 3)} R.`
    case 'inseparable':
      return 'Hypothesis not met: no line separates the classes, so there is no bound. The points in diamonds contradict every line.'
    case 'undecided':
      return 'Whether a line separates the classes cannot be decided in float64: the margin is too small. There is no bound.'
  }
}

interface PlanesProps {
  readonly player: Player
  readonly points: readonly LabeledPoint[]
  readonly pen: Pen
  readonly alpha: number
  /** points move under the pointer: a coarse picture is enough */
  readonly drawing: boolean
  readonly onDraw: (points: readonly LabeledPoint[], done: boolean) => void
}

/** Both networks side by side. */
function Planes({ player, points, pen, alpha, drawing, onDraw }: PlanesProps) {
  const snapshots = player.snapshots.value
  const moving = drawing || player.mode.value !== 'paused'
  const most = Math.max(
    10,
    ...snapshots.map(({ problem, updates }) => Math.max(problem.bound?.bounds.best ?? 0, updates)),
  )
  const [leaky, relu] = snapshots
  return (
    <div class="planes">
      <p class="visually-hidden" role="status">
        {leaky &&
          relu &&
          !moving &&
          `Leaky ReLU: ${leaky.updates} updates. ReLU: ${relu.updates} updates.`}
      </p>
      {activations.map((activation, i) => {
        const snapshot = snapshots[i]
        return (
          <section key={activation} class="network" aria-label={activation}>
            <h2>
              {activation === 'ReLU' ? 'ReLU, α = 0' : `leaky ReLU, α = ${numberText(alpha)}`}
            </h2>
            {snapshot ? (
              <Counter snapshot={snapshot} most={most} />
            ) : (
              <p class="counter">No network yet.</p>
            )}
            <Plane name={activation} {...{ points, pen, moving, onDraw }} snapshot={snapshot} />
            {snapshot && (
              <div class="beside">
                <Units snapshot={snapshot} />
                <Outcome snapshot={snapshot} />
              </div>
            )}
          </section>
        )
      })}
    </div>
  )
}

/** What the run with leaky ReLU says of the theorem, at its end. */
function Theorem({ player, drawing }: { player: Player; drawing: boolean }) {
  const [leaky] = player.snapshots.value
  const done = leaky !== undefined && leaky.status !== 'running' && !drawing
  const last = useRef<readonly Verdict[]>([])
  // while points move, the verdicts of the last ones stay
  last.current = useMemo(() => (done ? verdictsOf(leaky) : last.current), [leaky, done])
  return done || drawing ? <Verdicts verdicts={last.current} running={!done} /> : null
}
