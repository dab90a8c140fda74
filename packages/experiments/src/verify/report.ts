import { counted, type Json } from '@nonconvex/optim/claims'
import { shown } from '../define/input-error.js'
import type { Difference } from './compare.js'

/** One reason why a result is not accepted. */
export interface Finding {
  /** where in the document: 'rows[3].measured.updates' */
  readonly path: string
  readonly recorded?: Json
  readonly recomputed?: Json
  /** the fault, in plain words */
  readonly message: string
}

/** What `verifyResult` found. */
export interface Verification {
  readonly accepted: boolean
  /** empty exactly if accepted; at most 100 */
  readonly findings: readonly Finding[]
  /** remarks on an accepted result */
  readonly notes: readonly string[]
}

/**
 * Between two machine types the last digits of exp, sin and the like may differ; not more than
 * this.
 */
const tolerance = 1e-9
const mostFindings = 100

/** Collects findings, with what may differ between two machine types set aside. */
export class Report {
  readonly #findings: Finding[] = []
  readonly #notes: string[] = []
  readonly #from: string
  readonly #here: string
  #more = 0
  #close = 0
  #worst = 0

  constructor(from: string, here: string) {
    this.#from = from
    this.#here = here
  }

  get accepted(): boolean {
    return this.#findings.length === 0
  }

  /** The first place found so far whose path begins so. */
  firstIn(part: string): string | undefined {
    return this.#findings.find(({ path }) => path.startsWith(part))?.path
  }

  add(at: Omit<Finding, 'message'>, message: string): void {
    if (this.#findings.length < mostFindings) this.#findings.push({ ...at, message })
    else this.#more += 1
  }

  differences(found: readonly Difference[], message: string): void {
    for (const { relative, ...at } of found) {
      if (this.#from !== this.#here && relative <= tolerance) {
        this.#close += 1
        this.#worst = Math.max(this.#worst, relative)
      } else this.add(at, message)
    }
  }

  /** That numbers were allowed to differ, which the document decides by what it says of itself. */
  elsewhere(): void {
    this.note(
      `the document names another machine type, ${shown(this.#from)}, than this one, "${this.#here}": numbers may differ by ${tolerance} (relative)`,
    )
  }

  /** Something that a reader should know although it is no finding. */
  note(text: string): void {
    this.#notes.push(text)
  }

  close(): Verification {
    const notes = [...this.#notes]
    if (this.#close > 0)
      notes.push(
        `${counted(this.#close, 'number')} ${this.#close === 1 ? 'differs' : 'differ'} by at most ${this.#worst.toExponential(1)} (relative)`,
      )
    if (this.#more > 0) notes.push(`${this.#more} more findings are left out`)
    return { accepted: this.accepted, findings: this.#findings, notes }
  }
}
