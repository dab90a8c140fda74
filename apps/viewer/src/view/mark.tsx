import type { MarkStatus } from './run-status.js'

/**
 * The mark of a verdict: a filled disc with a tick, a filled square with a cross, a ring with a
 * dash, a ring half filled; while it runs, an open ring. The shapes differ as well as the colors,
 * and the word is there for those who hear the page.
 */
export function Mark({ status, word = status }: { status: MarkStatus; word?: string }) {
  if (status === 'none') return <span class="mark" aria-hidden="true" />
  return (
    <span class={`mark ${status}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {shape(status)}
      </svg>
      <span class="visually-hidden">{word}: </span>
    </span>
  )
}

function shape(status: Exclude<MarkStatus, 'none'>) {
  switch (status) {
    case 'holds':
      return (
        <>
          <circle cx="8" cy="8" r="7" class="fill" />
          <path d="M4.6 8.3 7 10.6 11.4 5.8" class="cut" />
        </>
      )
    case 'violated':
      return (
        <>
          <rect x="1" y="1" width="14" height="14" class="fill" />
          <path d="M5 5 11 11M11 5 5 11" class="cut" />
        </>
      )
    case 'inapplicable':
      return (
        <>
          <circle cx="8" cy="8" r="6.4" class="line" />
          <path d="M5 8H11" class="line" />
        </>
      )
    case 'inconclusive':
      return (
        <>
          <circle cx="8" cy="8" r="6.4" class="line" />
          <path d="M8 1.6A6.4 6.4 0 0 0 8 14.4Z" class="fill" />
        </>
      )
    case 'running':
      return (
        <>
          <circle cx="8" cy="8" r="6.4" class="track" />
          <path d="M8 1.6A6.4 6.4 0 0 1 14.4 8" class="line" />
        </>
      )
  }
}

/** The mark of an interactive page: a point with arrows four ways. */
export function DragIcon() {
  return (
    <span class="mark" aria-hidden="true">
      <svg viewBox="0 0 14 14">
        <circle class="fill" cx="7" cy="7" r="1.6" />
        <path
          class="line"
          d="M7 3.6V1M5.8 2.2 7 1l1.2 1.2M7 10.4V13M5.8 11.8 7 13l1.2-1.2M3.6 7H1M2.2 5.8 1 7l1.2 1.2M10.4 7H13M11.8 5.8 13 7l-1.2 1.2"
        />
      </svg>
    </span>
  )
}
