import { useRef } from 'preact/hooks'

/** How far something was moved, in pixels of the scene. */
export interface Shift {
  readonly x: number
  readonly y: number
}

/** What moves an object: under the pointer, let go, or by keys. */
export type MoveBy = (i: number, by: Shift, how: 'take' | 'drag' | 'drop' | 'key') => void

/** A drag of fewer pixels is a click. */
const CLICK = 3

/** What a box or a tag needs to be dragged. */
export interface DragHandlers {
  readonly onPointerDown?: (event: PointerEvent & { readonly currentTarget: Element }) => void
  readonly onPointerMove?: (event: PointerEvent) => void
  readonly onPointerUp?: (event: PointerEvent) => void
  readonly onPointerCancel?: () => void
  readonly onClickCapture?: (event: Event) => void
}

/**
 * Handlers of each object, with which the pointer moves it.
 *
 * @param scaleNow - pixels of the page for one of the scene
 */
export function useObjectDrag(
  scaleNow: () => number,
  onMove: MoveBy | undefined,
): (i: number) => DragHandlers {
  const drag = useRef<{ i: number; x: number; y: number; moved: boolean }>(undefined)
  if (!onMove) return () => ({})
  const shift = ({ clientX, clientY }: PointerEvent, from: Shift): Shift => ({
    x: (clientX - from.x) / scaleNow(),
    y: (clientY - from.y) / scaleNow(),
  })
  return (i) => ({
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { i, x: event.clientX, y: event.clientY, moved: false }
      onMove(i, { x: 0, y: 0 }, 'take')
    },
    onPointerMove: (event) => {
      const now = drag.current
      if (now?.i !== i) return
      const far = Math.hypot(event.clientX - now.x, event.clientY - now.y) >= CLICK
      now.moved ||= far
      if (now.moved) onMove(i, shift(event, now), 'drag')
    },
    onPointerUp: (event) => {
      const now = drag.current
      if (now?.i !== i) return
      if (now.moved) onMove(i, shift(event, now), 'drop')
      else drag.current = undefined
    },
    onPointerCancel: () => {
      drag.current = undefined
    },
    // the click that ends a drag selects nothing
    onClickCapture: (event) => {
      if (drag.current?.moved === true) event.stopPropagation()
      drag.current = undefined
    },
  })
}
