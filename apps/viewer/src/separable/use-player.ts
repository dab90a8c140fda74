import { useMemo } from 'preact/hooks'
import { useFrames } from '../view/use-frames.js'
import { Player } from './player.js'
import type { Problem } from './problem.js'

/** Milliseconds of computing in a frame; before the first picture, and while it is shown. */
const FIRST = 24
const NEXT = 12

/** A player of the runs of these problems, at their end if that is near, moved frame by frame. */
export function usePlayer(problems: readonly Problem[]): Player {
  const player = useMemo(() => {
    const made = new Player(problems)
    made.finish()
    made.tick(0, after(FIRST))
    return made
  }, [problems])
  const mode = player.mode.value
  useFrames((passed) => player.tick(passed, after(NEXT)), [player, mode])
  return player
}

function after(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds
  return () => performance.now() > end
}
