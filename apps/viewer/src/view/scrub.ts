import { signal, type ReadonlySignal } from '@preact/signals'
import type { Playable } from './play-bar.js'

/** Seconds from the first count to the last. */
const WHOLE = 8
/** Counts in a second at least. */
const LEAST = 3

/** A count from 0 to `most` that is played, stepped and moved by a slider; it begins at its end. */
export class Scrub implements Playable {
  readonly most: number
  private readonly place: ReturnType<typeof signal<number>>
  private readonly now = signal<Playable['mode']['value']>('paused')
  private exact: number

  constructor(most: number) {
    this.most = most
    this.exact = most
    this.place = signal(most)
  }

  get at(): ReadonlySignal<number> {
    return this.place as ReadonlySignal<number>
  }

  get mode(): Playable['mode'] {
    return this.now
  }

  play(): void {
    if (this.at.value >= this.most) this.moveTo(0)
    this.now.value = 'playing'
  }

  pause(): void {
    this.now.value = 'paused'
  }

  step(): void {
    this.moveTo(this.at.value >= this.most ? 0 : this.at.value + 1)
  }

  restart(): void {
    this.moveTo(0)
  }

  finish(): void {
    this.moveTo(this.most)
  }

  moveTo(at: number): void {
    this.pause()
    this.exact = Math.min(this.most, Math.max(0, Math.round(at)))
    this.place.value = this.exact
  }

  /** Goes on, `passed` seconds later; returns whether there is more to play. */
  tick(passed: number): boolean {
    if (this.now.value !== 'playing') return false
    this.exact = Math.min(this.most, this.exact + passed * Math.max(LEAST, this.most / WHOLE))
    this.place.value = Math.floor(this.exact)
    if (this.exact >= this.most) this.pause()
    return this.now.value === 'playing'
  }
}
