import { batch, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { Subject } from '../explore/explorer.js'
import { formatRoute, parseAddress, withValues, type Route } from './address.js'
import { draftOf, readDraft, sameParams, type Draft, type Reading } from './form.js'

const here = signal<Route>({ kind: 'home' })
const fields = signal<Draft>({ texts: {}, seed: '1' })
const read = signal<Reading>({ errors: {} })

/** What the address says. */
export const route: ReadonlySignal<Route> = here
/** What stands in the form's fields. */
export const draft: ReadonlySignal<Draft> = fields
/** The form's fields, read by the schema of what is shown. */
export const reading: ReadonlySignal<Reading> = read

/**
 * Starts to follow the address: now, and whenever a link, the reader, back or forward changes it.
 */
export function followAddress(subjects: readonly Subject[]): void {
  const follow = () => arrive(parseAddress(location.hash, subjects))
  addEventListener('hashchange', follow)
  addEventListener('popstate', follow)
  follow()
  effect(() => {
    const now = here.value
    document.title = now.kind === 'subject' ? `${now.subject.name} · nonconvex` : 'nonconvex'
  })
}

/** Changes one field's text; the address follows with `commit`. */
export function edit(name: string, text: string): void {
  change({ ...fields.value, texts: { ...fields.value.texts, [name]: text } })
}

/** Changes the seed's text. */
export function editSeed(text: string): void {
  change({ ...fields.value, seed: text })
}

/** The gesture that made the last entry of the history. */
let open: string | undefined

/** What comes next is a gesture of its own, though it has the name of the last. */
export function beginGesture(): void {
  open = undefined
}

/**
 * Writes the fields into the address if they are right, as a new entry of the history. All that one
 * gesture commits, a drag or keys pressed on one slider, is one entry.
 */
export function commit(gesture?: string): void {
  const now = here.value
  const values = read.value.values
  if (now.kind !== 'subject' || !values) return
  const { subject } = now
  if (sameParams(subject, values.params, now.params) && values.seed === now.seed) return
  const next = { ...withValues(now, values), edited: true }
  const address = formatRoute(next)
  if (gesture !== undefined && gesture === open) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  open = gesture
  here.value = next
}

/** Presets all fields at once, as a new entry of the history: presets, reset. */
export function setAll(input: { readonly [name: string]: unknown }): void {
  const now = here.value
  if (now.kind !== 'subject') return
  const seed = read.value.values?.seed ?? now.seed
  change(draftOf(now.subject, now.subject.params.parse(input), seed))
  commit()
}

function arrive(next: Route): void {
  beginGesture()
  batch(() => {
    here.value = next
    if (next.kind === 'subject') change(draftOf(next.subject, next.params, next.seed))
  })
}

function change(next: Draft): void {
  const now = here.value
  batch(() => {
    fields.value = next
    if (now.kind === 'subject') read.value = readDraft(now.subject, next)
  })
}
