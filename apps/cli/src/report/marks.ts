import type { Status } from '@nonconvex/optim/claims'
import { html, type Html } from './html.js'

const shapes: { readonly [S in Status]: Html } = {
  holds: html`<circle cx="8" cy="8" r="7" fill="currentColor" /><path d="M4.6 8.3l2.4 2.4 4.4-5" fill="none" stroke="var(--paper)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />`,
  violated: html`<rect x="1.5" y="1.5" width="13" height="13" fill="currentColor" /><path d="M5 5l6 6M11 5l-6 6" stroke="var(--paper)" stroke-width="1.8" stroke-linecap="round" />`,
  inapplicable: html`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />`,
  inconclusive: html`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor" />`,
}

/** The mark of a status and its word: they differ in shape, colour and text. */
export const verdictMark = (status: Status): Html =>
  html`<span class="mark ${status}"
    ><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${shapes[status]}</svg
    >${status}</span
  >`

/** The mark of an experiment that gave no result at all; it is no verdict, and looks like none. */
export const failedMark: Html = html`<span class="mark failed"
  ><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 1.2L15.4 14.6H.6z" fill="currentColor" /><path d="M8 6.2v3.9M8 12.2v.4" stroke="var(--paper)" stroke-width="1.8" stroke-linecap="round" /></svg
  >failed</span
>`
