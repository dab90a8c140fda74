import { batch } from '@preact/signals'
import { commit, draft, edit, editSeed, reading } from '../state/route.js'
import { rollSeed } from '../state/seed.js'
import { formatInitialPoints, NO_POINTS, type Point } from './initial-points.js'

/** Random initializations for each press of the button. */
export const RANDOM = 20

/** Whether all fields but these are valid. */
export function isValid(...besides: readonly string[]): boolean {
  const { errors, seedError } = reading.value
  return seedError === undefined && Object.keys(errors).every((name) => besides.includes(name))
}

export function setInitialPoints(starts: readonly Point[]): void {
  edit('starts', formatInitialPoints(starts))
  commit()
}

/** Draws random initializations; from another seed if there are some already. */
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
