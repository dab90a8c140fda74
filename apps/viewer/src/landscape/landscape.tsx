import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import { isDragging } from '../state/drag.js'
import { PlainButton } from '../view/exports.js'
import { Scrub } from '../view/scrub.js'
import { useFold } from '../view/use-fold.js'
import { useWidth } from '../view/use-width.js'
import {
  addRandomPoints,
  clearInitialPoints,
  isValid,
  RANDOM,
  setInitialPoints,
} from './actions.js'
import { basinsOf } from './basins.js'
import type { Camera } from './camera.js'
import { descend, randomInitialPoints } from './descent.js'
import type { LandscapeParams } from './params.js'
import { Downloads } from './downloads.js'
import { GRID } from './map-picture.js'
import { MapView } from './map-view.js'
import { CriticalPointsTable } from './critical-points-table.js'
import { criticalPointsOf } from './critical-points.js'
import { HIGHER } from './picture-props.js'
import { PlayPart } from './play-part.js'
import { problemOf } from './problem.js'
import { visibleSteps } from './progress.js'
import { RacePart } from './race-part.js'
import { Readout } from './readout.js'
import { RelatedLinks } from './related.js'
import { RunList } from './run-list.js'
import {
  parseInitialPoints,
  refusalOf,
  rounded,
  withInitialPoint,
  type Point,
} from './initial-points.js'
import { usualCamera } from './surface-picture.js'
import { SurfaceView } from './surface-view.js'
import { useDescents } from './use-descents.js'
import { useSlowly } from './use-slowly.js'
import { describeRun } from './describe.js'

/** From this width on there is room for the buttons beside the picture, in rem. */
const BESIDE = 44
/** Height of what is below the picture otherwise, in rem. */
const BELOW = 6
/** A picture is not smaller than this for the sake of a low window, in rem. */
const LEAST = 20

const INVALID =
  'The form has an invalid value; the picture shows the last valid one. Fix it to add initial points.'

/** The loss over the plane, the descents on it, and what is known of its critical points. */
export function Landscape({ params, seed, address }: ExplorerProps<LandscapeParams>) {
  const begun = performance.now()
  const { k, stride, angle, eta, starts, random, shown, basins: tinted } = params
  const rough = isDragging.value
  const problem = useMemo(() => problemOf({ k, stride, angle, eta }), [k, stride, angle, eta])
  const known = useMemo(() => criticalPointsOf(problem, !rough), [k, stride, angle, rough])
  const manual = useMemo(() => parseInitialPoints(starts), [starts])
  const drawn = useMemo(() => randomInitialPoints(seed, random), [seed, random])
  const followed = useDescents(problem, manual, drawn)
  const runs = useMemo(() => [...followed.random, ...followed.manual], [followed])
  const scrub = useMemo(() => new Scrub(visibleSteps(runs)), [runs])
  const { wanted } = followed
  const basins = useSlowly(
    () => (rough || !tinted || shown === 'surface' ? undefined : basinsOf(problem, known.points)),
    [problem, known, tinted, shown, rough],
  )
  const pointer = useSignal<Point>({ x: 1, y: 0 })
  const announcement = useSignal('')
  const refused = useSignal<{ readonly at: Point; readonly why: string }>()
  // why gradient descent cannot start at the crosshair; it moves with the crosshair, however late the page
  // is drawn
  const refusal = useComputed(() => (refused.value?.at === pointer.value ? refused.value.why : ''))
  const [turned, setTurned] = useState<Camera>()
  // under the angle's slider the surface turns, not the eye
  const usual = useMemo(() => usualCamera(angle), [shown])
  const camera = turned ?? usual
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  // the whole picture is seen when the page opens
  const fold = useFold(box) - (room >= BESIDE ? 0 : BELOW)
  const width = Math.min(room, Math.max(LEAST, fold - HIGHER))
  const redraws = useRef(0)
  const timing = useSignal('')
  const measured = width > 0
  useLayoutEffect(() => {
    if (!measured) return
    // the pictures are drawn by now: effects of children come first
    redraws.current++
    timing.value = `${redraws.current} ${(performance.now() - begun).toFixed(1)}`
  }, [problem, measured, shown, rough])
  const start = (at: Point) => {
    const from = rounded(at)
    const why = refusalOf(from, manual)
    refused.value = { at, why }
    if (why !== '' || !isValid()) return
    setInitialPoints(withInitialPoint(manual, from))
    announcement.value = describeRun(descend(problem, from), known.points)
  }
  const picture = { problem, points: known.points, runs, scrub, wanted, width, rough }
  return (
    <div class="landscape">
      <div class="picture" ref={box}>
        {shown === 'surface' ? (
          <SurfaceView
            {...{ ...picture, camera }}
            onTurn={(move) => {
              setTurned((now = usual) => move(now))
            }}
          />
        ) : (
          <MapView {...{ ...picture, basins, angle, pointer, announcement }} onPick={start} />
        )}
        <div class="beside">
          <p class="remark" role="status">
            {isValid() ? refusal : INVALID}
          </p>
          <PlayPart scrub={scrub} runs={runs} />
          <Buttons count={wanted.length} />
          {shown === 'contours' && <Readout problem={problem} pointer={pointer} />}
          <p class="visually-hidden" role="status">
            {announcement}
          </p>
        </div>
      </div>
      <RunList {...followed} points={known.points} />
      <RacePart {...{ problem, points: known.points, seed, rough }} />
      <CriticalPointsTable known={known} />
      <RelatedLinks problem={problem} seed={seed} />
      <Downloads {...{ ...picture, params, address, camera, basins }} />
      <Timing timing={timing} later={followed.later} />
    </div>
  )
}

/**
 * Buttons that add and clear initial points: disabled while another field is invalid, since nothing
 * would be seen of them.
 */
function Buttons({ count }: { count: number }) {
  return (
    <div class="tools">
      <button type="button" class="strong" disabled={!isValid('random')} onClick={addRandomPoints}>
        {RANDOM} random initializations
      </button>
      {count > 0 && isValid('random', 'starts') && (
        <PlainButton name="clear" onPress={clearInitialPoints} />
      )}
    </div>
  )
}

interface TimingProps {
  readonly timing: ReadonlySignal<string>
  /** how long descents took that came after the loss, in milliseconds */
  readonly later: number
}

/**
 * How long the last redraw took the page, all in all: the loss, its critical points, the picture,
 * and such descents as came with it.
 */
function Timing({ timing, later }: TimingProps) {
  if (timing.value === '') return null
  const [count, time] = timing.value.split(' ')
  return (
    <p class="timing" data-redraws={count} data-milliseconds={time}>
      Redrawn in {time} ms, with the loss on a {GRID} × {GRID} grid.
      {later > 0 && ` Gradient descent finished ${later.toFixed(0)} ms later.`}
    </p>
  )
}
