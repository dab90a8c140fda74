import { batch } from '@preact/signals'
import { commit, draft, edit, editSeed, reading } from '../state/place.js'
import { rollSeed } from '../state/seed.js'
import { formatStarts, NO_START, type Point } from './starts.js'

/** So many random starts at a press of the button. */
export const RANDOM = 20

/** Whether all fields are right, but perhaps these. */
export function isRight(...besides: readonly string[]): boolean {
  const { errors, seedError } = reading.value
  return seedError === undefined && Object.keys(errors).every((name) => besides.includes(name))
}

export function setStarts(starts: readonly Point[]): void {
  edit('starts', formatStarts(starts))
  commit()
}

/** Random starts; others by another seed if there are so many already. */
export function startAtRandom(): void {
  batch(() => {
    if (draft.value.texts['random'] === String(RANDOM)) editSeed(otherSeed(draft.value.seed))
    edit('random', String(RANDOM))
    commit()
  })
}

export function clearStarts(): void {
  batch(() => {
    edit('starts', NO_START)
    edit('random', '0')
    commit()
  })
}

function otherSeed(seed: string): string {
  const other = String(rollSeed())
  return other === seed ? otherSeed(seed) : other
}
