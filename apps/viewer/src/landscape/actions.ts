import { batch } from '@preact/signals'
import { commit, draft, edit, editSeed, reading } from '../state/route.js'
import { rollSeed } from '../state/seed.js'
import { formatInitialPoints, NO_POINTS, type Point } from './initial-points.js'

/** So many random starts at a press of the button. */
export const RANDOM = 20

/** Whether all fields are right, but perhaps these. */
export function isRight(...besides: readonly string[]): boolean {
  const { errors, seedError } = reading.value
  return seedError === undefined && Object.keys(errors).every((name) => besides.includes(name))
}

export function setInitialPoints(starts: readonly Point[]): void {
  edit('starts', formatInitialPoints(starts))
  commit()
}

/** Random starts; others by another seed if there are so many already. */
export function addRandomPoints(): void {
  batch(() => {
    if (draft.value.texts['random'] === String(RANDOM)) editSeed(otherSeed(draft.value.seed))
    edit('random', String(RANDOM))
    commit()
  })
}

export function clearInitialPoints(): void {
  batch(() => {
    edit('starts', NO_POINTS)
    edit('random', '0')
    commit()
  })
}

function otherSeed(seed: string): string {
  const other = String(rollSeed())
  return other === seed ? otherSeed(seed) : other
}
