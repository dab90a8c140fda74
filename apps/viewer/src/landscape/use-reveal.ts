import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Run } from './descent.js'
import type { PictureProps } from './picture-props.js'
import type { Problem } from './problem.js'
import { fractionAt } from './progress.js'

/** How long a new path takes to be drawn, in milliseconds. */
const DURATION = 1100

/**
 * Draws at once what is known, up to the iteration that is shown, and lets new runs grow: those whose
 * starts are new on the same loss. Where the loss itself changes, under a slider, or the reader wants no motion, everything is whole
 * at once, also runs that come later.
 */
export function useReveal(
  { problem, runs, wanted }: Pick<PictureProps, 'problem' | 'runs' | 'wanted'>,
  iteration: number,
  draw: (fractionOf: (run: Run) => number) => void,
  inputs: readonly unknown[],
): void {
  const before = useRef<{ problem: Problem; starts: ReadonlySet<string> } | undefined>(undefined)
  useLayoutEffect(() => {
    const same = before.current?.problem === problem ? before.current.starts : undefined
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const fresh = new Set(
      same && !still ? runs.filter(({ initial }) => !same.has(keyOf(initial))) : [],
    )
    before.current = { problem, starts: new Set(wanted.map(keyOf)) }
    const begun = performance.now()
    let asked = 0
    const step = () => {
      const fraction = Math.min(1, (performance.now() - begun) / DURATION)
      draw((run) => Math.min(fresh.has(run) ? fraction : 1, fractionAt(run, iteration)))
      if (fresh.size > 0 && fraction < 1) asked = requestAnimationFrame(step)
    }
    step()
    return () => {
      cancelAnimationFrame(asked)
    }
  }, [problem, runs, iteration, ...inputs])
}

function keyOf({ x, y }: Run['initial']): string {
  return `${x},${y}`
}
