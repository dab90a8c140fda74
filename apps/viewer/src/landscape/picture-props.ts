import { useEffect, useState } from 'preact/hooks'
import type { CriticalPoint } from './critical-points.js'
import type { Run } from './descent.js'
import type { Point } from './initial-points.js'
import type { Problem } from './problem.js'

/** What a picture of the loss is drawn from. */
export interface PictureProps {
  readonly problem: Problem
  readonly points: readonly CriticalPoint[]
  readonly runs: readonly Run[]
  /** all initial points, also of runs that have not ended */
  readonly wanted: readonly Point[]
  /** of the room there is, in rem; 0 before it is known */
  readonly width: number
}

/** A picture is no wider than this, in rem: all of it is seen at once. */
const WIDEST = 36
/** Size of its type, in rem: that of the other figures. */
const TYPE = 0.82

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
