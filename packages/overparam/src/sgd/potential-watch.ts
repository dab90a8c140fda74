import type { Breach, Monitor } from '@nonconvex/optim'
import type { SmallestRoom } from './outcome.js'
import type { UpdateState } from './update-state.js'

/**
 * Calls the monitors at every update, records the smallest distance of each to its bound, and stops
 * at the first violation.
 */
export class PotentialWatch {
  private readonly monitors: readonly Monitor<UpdateState>[]
  private readonly smallest: { claim: string; room: number; update: number }[]
  private before: UpdateState | undefined

  constructor(monitors: readonly Monitor<UpdateState>[], rooms?: readonly SmallestRoom[]) {
    this.monitors = monitors
    this.smallest = monitors.map(({ claim }, m) => {
      const known = rooms?.[m]
      // of a run that was saved before its first update nothing is known
      return known && known.update > 0
        ? { ...known }
        : { claim: claim.id, room: Infinity, update: 0 }
    })
  }

  /** Begins at the initial state, or at the state from which a run is resumed. */
  begin(state: UpdateState): void {
    this.before = state
  }

  /**
   * Checks an update: the violation, if there is one; 'not-finite' after an overflow.
   */
  see(now: UpdateState): Breach | 'not-finite' | undefined {
    const before = this.before
    this.before = now
    for (const [m, monitor] of this.monitors.entries()) {
      const room = monitor.room?.(now, before, now.update)
      const smallest = this.smallest[m]
      if (Number.isNaN(room)) return 'not-finite'
      if (room !== undefined && room < smallest.room) {
        smallest.room = room
        smallest.update = now.update
      }
      if (room !== undefined && room >= 0) continue
      const breach = monitor.check(now, before, now.update)
      if (breach) return breach
    }
    return undefined
  }

  rooms(): readonly SmallestRoom[] {
    return this.smallest.map((room) => ({
      ...room,
      room: Number.isFinite(room.room) ? room.room : 0,
    }))
  }
}
