import { useLayoutEffect, useRef } from 'preact/hooks'
import { afterKey } from '../explore/bar-moves.js'
import { hold, moveHeld } from '../state/drag.js'
import { beginGesture, commit, edit } from '../state/route.js'
import { toPixels, toPlane, type Frame } from './frame.js'
import { teacherAt } from './problem.js'

const range = { min: 0, max: 360, step: 1 }
const gesture = 'teacher'

/** The teacher as something to take hold of: dragged round the circle, or turned by the arrow keys. */
export function TeacherGrip({ frame, angle }: { frame: Frame; angle: number }) {
  const grip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [x, y] = teacherAt(angle)
    const [left, top] = toPixels(frame, { x, y })
    // by script, since the page allows no inline styles
    grip.current?.style.setProperty('left', `${left}px`)
    grip.current?.style.setProperty('top', `${top}px`)
  }, [frame, angle])
  return (
    <div
      ref={grip}
      class="teacher-grip"
      tabIndex={0}
      role="slider"
      aria-label="direction of the teacher w*"
      aria-valuemin={0}
      aria-valuemax={360}
      aria-valuenow={angle}
      aria-valuetext={`${angle} degrees`}
      title="Drag the teacher w*"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        beginGesture()
        hold()
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const box = event.currentTarget.parentElement?.getBoundingClientRect()
        if (!box) return
        const { x, y } = toPlane(frame, event.clientX - box.left, event.clientY - box.top)
        // at the origin there is no direction
        if (Math.hypot(x, y) < 0.05) return
        moveHeld()
        edit('angle', String(degreesOf(x, y)))
      }}
      onLostPointerCapture={() => {
        commit(gesture)
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        const next = afterKey(event.key, false, angle, range)
        if (next === undefined) return
        event.preventDefault()
        edit('angle', String(next))
        commit(gesture)
      }}
    />
  )
}

/** The direction of a point in whole degrees, 0 to 359. */
function degreesOf(x: number, y: number): number {
  return (Math.round((Math.atan2(y, x) * 180) / Math.PI) + 360) % 360
}
