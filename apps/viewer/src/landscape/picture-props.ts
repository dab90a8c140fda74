import { useEffect, useState } from 'preact/hooks'
import type { Scrub } from '../view/scrub.js'
import type { CriticalPoint } from './critical-points.js'
import type { Run } from './descent.js'
import type { Point } from './initial-points.js'
import type { Problem } from './problem.js'

/** What a picture of the loss is drawn from. */
export interface PictureProps {
  readonly problem: Problem
  readonly points: readonly CriticalPoint[]
  readonly runs: readonly Run[]
  /** the iteration of the runs that is shown */
  readonly scrub: Scrub
  /** all initial points, also of runs that have not ended */
  readonly wanted: readonly Point[]
  /** it moves under the pointer: half the resolution will do */
  readonly rough: boolean
  /** of the room there is, in rem; 0 before it is known */
  readonly width: number
}

/** A picture is no wider than this, in rem: all of it is seen at once. */
const WIDEST = 36
/** Size of its type, in rem: that of the other figures. */
const TYPE = 0.82
/** A map is so much higher than wide, in rem: for the names of its axes. */
export const HIGHER = TYPE

/** The iteration that is shown: beyond all of them at the end. */
export function iterationOf({ at, most }: Scrub): number {
  return at.value >= most ? Infinity : at.value
}

/** Density of the pixels of a picture, as a fraction of the screen's. */
export function densityOf({ rough }: Pick<PictureProps, 'rough'>): number {
  return rough ? 0.5 : 1
}

/** Pixels of a rem; a projector's window has a larger one. */
export function useRem(): number {
  const [rem, setRem] = useState(remNow)
  useEffect(() => {
    const follow = () => {
      setRem(remNow())
    }
    addEventListener('resize', follow)
    return () => {
      removeEventListener('resize', follow)
    }
  }, [])
  return rem
}

function remNow(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/** Width of a picture in pixels where there is so much room, in rem. */
export function pictureWidth(room: number, rem: number): number {
  return Math.floor(rem * Math.min(WIDEST, room))
}

export function pictureType(rem: number): number {
  return TYPE * rem
}
