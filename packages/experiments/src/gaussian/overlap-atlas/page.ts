import { GLOBAL_LOSS, type AtlasPage } from '@nonconvex/gaussian-theory'
import type { MinimumFound, SaddleFound } from './measure.js'

/** What was found for one teacher. */
export interface Page extends AtlasPage {
  readonly teacher: string
  readonly minima: readonly MinimumFound[]
  readonly saddles: readonly SaddleFound[]
  readonly starts: number
}

/** Loss of the lowest saddle of index 1 beside a minimum; undefined if none was found there. */
export function lowestExit({ saddles }: Page, at: number): number | undefined {
  const beside = saddles.filter(({ index, between }) => index === 1 && between.includes(at))
  return beside.length === 0 ? undefined : Math.min(...beside.map(({ loss }) => loss))
}

/** What a minimum is; a place with a loss that is not certified is neither. */
export function kindOf({ spurious, loss }: MinimumFound): 'local' | 'global' | 'undecided' {
  if (spurious) return 'local'
  return loss < GLOBAL_LOSS ? 'global' : 'undecided'
}
