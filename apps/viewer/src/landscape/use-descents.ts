import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Run } from './descent.js'
import { Descents } from './descents.js'
import type { Problem } from './problem.js'
import type { Point } from './initial-points.js'

/** The runs of gradient descent so far. */
export interface Followed {
  /** all initial points */
  readonly wanted: readonly Point[]
  readonly manual: readonly Run[]
  /** all or none: a count of some of them would be misleading */
  readonly random: readonly Run[]
  readonly all: boolean
  /** how long after the loss the last run ended, in milliseconds; 0 if before it was drawn */
  readonly later: number
}

/** Milliseconds for gradient descent before a new loss is drawn, and in each frame after it. */
const FIRST = 5
const NEXT = 12

/**
 * The descents from these starts. When the loss is a new one, as under a slider, they may not keep
 * the picture waiting: those that are not there within a few milliseconds follow in the next
 * frames, and all of them anew if the loss changes before. On a loss that stays, only new starts
 * are work, and they come at once.
 */
export function useDescents(
  problem: Problem,
  manual: readonly Point[],
  random: readonly Point[],
): Followed {
  const descents = useMemo(() => new Descents(problem), [problem])
  const wanted = useMemo(() => [...manual, ...random], [manual, random])
  const caughtUp = useRef<Descents | undefined>(undefined)
  const [late, setLate] = useState<{ readonly of: Descents; readonly later: number }>()
  const followed = useMemo((): Followed => {
    const enough = caughtUp.current === descents ? never : after(FIRST)
    const all = descents.advance(wanted, enough)
    if (all) caughtUp.current = descents
    return {
      wanted,
      manual: descents.of(manual),
      random: all ? descents.of(random) : [],
      all,
      later: late?.of === descents ? late.later : 0,
    }
  }, [descents, wanted, late])
  useEffect(() => {
    if (followed.all) return
    const begun = performance.now()
    const goOn = () => {
      if (descents.advance(wanted, after(NEXT)))
        setLate({ of: descents, later: performance.now() - begun })
      else asked = requestAnimationFrame(goOn)
    }
    let asked = requestAnimationFrame(goOn)
    return () => {
      cancelAnimationFrame(asked)
    }
  }, [followed])
  return followed
}

const never = (): boolean => false

function after(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds
  return () => performance.now() > end
}
