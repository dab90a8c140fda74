import { useSignal, useComputed } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Shown } from '../explore/explorer.js'
import { useWidth } from '../view/use-width.js'
import { isRight, setStarts } from './act.js'
import type { Camera } from './camera.js'
import { descend, randomStarts } from './descent.js'
import type { LandscapeParams } from './explorer.js'
import { MapView } from './map-view.js'
import { PlacesTable } from './places-table.js'
import { placesOf } from './places.js'
import { problemOf } from './problem.js'
import { Readout } from './readout.js'
import { RelatedLinks } from './related-links.js'
import { RunList } from './run-list.js'
import { parseStarts, refusalOf, rounded, withStart, type Point } from './starts.js'
import { usualCamera } from './surface-picture.js'
import { SurfaceView } from './surface-view.js'
import { Takes } from './takes.js'
import { Timing } from './timing.js'
import { Tools } from './tools.js'
import { useDescents } from './use-descents.js'
import { runText } from './words.js'

const WRONG =
  'A value of the form is wrong: the picture shows the last right ones. Mend it to set starts.'

/** The loss over the plane, the descents on it, and what is known of its critical points. */
export function Landscape({ params, seed }: Shown<LandscapeParams>) {
  const begun = performance.now()
  const { k, stride, angle, eta, starts, random, shown } = params
  const problem = useMemo(() => problemOf({ k, stride, angle, eta }), [k, stride, angle, eta])
  const known = useMemo(() => placesOf(problem), [k, stride, angle])
  const byHand = useMemo(() => parseStarts(starts), [starts])
  const byChance = useMemo(() => randomStarts(seed, random), [seed, random])
  const followed = useDescents(problem, byHand, byChance)
  const runs = useMemo(() => [...followed.byChance, ...followed.byHand], [followed])
  const { wanted } = followed
  const pointer = useSignal<Point>({ x: 1, y: 0 })
  const said = useSignal('')
  const refused = useSignal<{ readonly at: Point; readonly why: string }>()
  // why no descent starts where the crosshair is; it goes with the crosshair, however late the page
  // is drawn
  const refusal = useComputed(() => (refused.value?.at === pointer.value ? refused.value.why : ''))
  const [turned, setTurned] = useState<Camera>()
  // under the angle's slider the surface turns, not the eye
  const usual = useMemo(() => usualCamera(angle), [shown])
  const camera = turned ?? usual
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const redraws = useRef(0)
  const timing = useSignal('')
  const measured = width > 0
  useLayoutEffect(() => {
    if (!measured) return
    // the pictures are drawn by now: effects of children come first
    redraws.current++
    timing.value = `${redraws.current} ${(performance.now() - begun).toFixed(1)}`
  }, [problem, measured, shown])
  const start = (at: Point) => {
    const from = rounded(at)
    const why = refusalOf(from, byHand)
    refused.value = { at, why }
    if (why !== '' || !isRight()) return
    setStarts(withStart(byHand, from))
    said.value = runText(descend(problem, from), known.places)
  }
  const seen = { problem, places: known.places, runs, wanted, width }
  return (
    <div class="landscape">
      <div class="seen" ref={box}>
        {shown === 'surface' ? (
          <SurfaceView
            {...{ ...seen, camera }}
            onTurn={(move) => {
              setTurned((now = usual) => move(now))
            }}
          />
        ) : (
          <MapView {...seen} pointer={pointer} said={said} onStart={start} />
        )}
        <div class="beside">
          <p class="remark" role="status">
            {isRight() ? refusal : WRONG}
          </p>
          <Tools count={wanted.length} />
          {shown === 'contours' && <Readout problem={problem} pointer={pointer} />}
          <p class="unseen" role="status">
            {said}
          </p>
        </div>
      </div>
      <RunList {...followed} places={known.places} />
      <PlacesTable known={known} />
      <RelatedLinks problem={problem} seed={seed} />
      <Takes {...{ ...seen, params, seed, camera }} />
      <Timing timing={timing} later={followed.later} />
    </div>
  )
}
