import { signal, type ReadonlySignal } from '@preact/signals'

const moves = signal(false)
let held = false

/** Whether a value moves under the pointer: until it is let go, pictures are drawn in less detail. */
export const isDragging: ReadonlySignal<boolean> = moves

/** The pointer holds a value: until it is let go, wherever that is. */
export function hold(): void {
  held = true
  addEventListener('pointerup', release)
  addEventListener('pointercancel', release)
}

/** A value has moved; that is a drag if the pointer holds one. */
export function moveHeld(): void {
  moves.value = held
}

function release(): void {
  held = false
  moves.value = false
  removeEventListener('pointerup', release)
  removeEventListener('pointercancel', release)
}
