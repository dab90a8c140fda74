import { ArgumentError } from '@nonconvex/tensor'
import type { Breach, Monitor } from './monitor.js'

/** The counts of a monitor's checks and breaches along a run. */
export interface Tally {
  /** id of the claim */
  readonly claim: string
  /** number of checks, including the initial state if it is checked */
  readonly checks: number
  readonly breaches: number
  readonly firstBreach?: Breach
  /**
   * smallest distance to the bound (slack included) and the first step with it, of monitors with
   * `room`
   */
  readonly smallestRoom?: { readonly room: number; readonly step: number }
}

/** The number of breaches that are kept; further ones are only counted. */
export const keptBreaches = 100

/**
 * Calls the monitors and counts their checks and breaches, without allocation while the bounds
 * hold.
 */
export class Watch<S> {
  readonly breaches: Breach[] = []
  /** id of the claim whose monitor measured something that is not finite */
  notFinite: string | undefined
  #at = 0
  readonly #monitors: readonly Monitor<S>[]
  readonly #checks: Float64Array
  readonly #breached: Float64Array
  readonly #rooms: Float64Array
  readonly #roomSteps: Float64Array
  readonly #first: (Breach | undefined)[]

  constructor(monitors: readonly Monitor<S>[]) {
    const n = monitors.length
    this.#monitors = monitors
    this.#checks = new Float64Array(n)
    this.#breached = new Float64Array(n)
    this.#rooms = new Float64Array(n).fill(Infinity)
    this.#roomSteps = new Float64Array(n)
    this.#first = monitors.map(() => undefined)
  }

  /** the claim that is being checked, or was last */
  get current(): string {
    return this.#monitors[this.#at].claim.id
  }

  /** Checks every monitor at one step; true if all bounds hold and all numbers are finite. */
  check(now: S, before: S | undefined, step: number): boolean {
    let fine = true
    for (let i = 0; i < this.#monitors.length; i++) {
      const monitor = this.#monitors[i]
      if (before === undefined && monitor.transition === true) continue
      this.#at = i
      if (!this.#checkOne(monitor, i, now, before, step)) fine = false
    }
    return fine
  }

  #checkOne(monitor: Monitor<S>, i: number, now: S, before: S | undefined, step: number): boolean {
    const room = monitor.room ? monitor.room(now, before, step) : -1
    if (Number.isNaN(room) || room === -Infinity) {
      this.notFinite ??= monitor.claim.id
      return false
    }
    this.#checks[i]++
    if (monitor.room && room < this.#rooms[i]) {
      this.#rooms[i] = room
      this.#roomSteps[i] = step
    }
    if (room >= 0) return true
    const found = monitor.check(now, before, step)
    if (found === undefined && !monitor.room) return true
    // a monitor whose check overlooks its own negative room is taken at its room's word
    const breach =
      found ??
      ({ claim: monitor.claim.id, step, measured: room, relation: '>=', bound: 0 } as const)
    if (!Number.isFinite(breach.measured)) {
      this.#checks[i]--
      this.notFinite ??= monitor.claim.id
      return false
    }
    this.#breached[i]++
    this.#first[i] ??= breach
    if (this.breaches.length < keptBreaches) this.breaches.push(breach)
    return false
  }

  tallies(): Tally[] {
    return this.#monitors.map((monitor, i) => {
      const firstBreach = this.#first[i]
      return {
        claim: monitor.claim.id,
        checks: this.#checks[i],
        breaches: this.#breached[i],
        ...(firstBreach && { firstBreach }),
        ...(this.#rooms[i] < Infinity && {
          smallestRoom: { room: this.#rooms[i], step: this.#roomSteps[i] },
        }),
      }
    })
  }

  /** Restores saved tallies. @throws ArgumentError if they are of other monitors */
  restore(tallies: readonly Tally[], breaches: readonly Breach[]): void {
    const saved = tallies.map((t) => t.claim).join(', ')
    const here = this.#monitors.map((m) => m.claim.id).join(', ')
    if (saved !== here)
      throw new ArgumentError(`resume: expected monitors [${saved}] as saved, got [${here}]`)
    this.breaches.push(...breaches)
    tallies.forEach((tally, i) => {
      this.#checks[i] = tally.checks
      this.#breached[i] = tally.breaches
      this.#first[i] = tally.firstBreach
      if (!tally.smallestRoom) return
      this.#rooms[i] = tally.smallestRoom.room
      this.#roomSteps[i] = tally.smallestRoom.step
    })
  }
}
