import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatAddress, formatRoute, type SubjectRoute } from '../state/address.js'
import { formatLecture, type LectureList } from './list.js'
import { PagesDialog } from './pages-dialog.js'
import { QrDialog } from './qr-dialog.js'

interface Props {
  readonly now: SubjectRoute
  readonly lecture: LectureList
  readonly children: ComponentChildren
}

/** Fields and pictures that use the arrow keys themselves. */
const usesArrows = 'input, select, textarea, [role=slider], [role=application], dialog'

/**
 * A page as large as the window, one of a list that is walked by the arrow keys, or by PageUp and
 * PageDown, which a presenter sends. Escape opens the page itself.
 */
export function Lecture({ now, lecture, children }: Props) {
  const { pages, at, predict } = lecture
  const [revealed, setRevealed] = useState(0)
  const [form, setForm] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const qr = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDialogElement>(null)
  const asking = predict && revealed !== at
  const own = formatAddress(now.subject, now.params, now.seed)
  const go = (next: LectureList) => {
    location.hash = formatLecture(next)
  }
  const walk = (by: 1 | -1) => {
    if (by === 1 && asking) setRevealed(at)
    else if (at + by >= 1 && at + by <= pages.length) go({ ...lecture, at: at + by })
  }
  useKeys(walk, () => {
    location.hash = own
  })
  useEffect(() => {
    setRevealed(0)
    scrollTo(0, 0)
    body.current?.querySelector('h1')?.focus({ preventScroll: true })
  }, [at])
  const open = (dialog: RefObject<HTMLDialogElement | null>) => () => {
    dialog.current?.showModal()
  }
  const classes = ['lecture', asking && 'asking', form && 'with-form'].filter(Boolean).join(' ')
  return (
    <div class={classes} ref={body}>
      <main id="main">{children}</main>
      <nav class="lecture-bar" aria-label="Lecture">
        <button type="button" aria-disabled={at === 1} onClick={() => walk(-1)}>
          <span aria-hidden="true">←</span>
          <span class="visually-hidden">Previous page</span>
        </button>
        <span class="count">
          {at} of {pages.length}
        </span>
        <button
          type="button"
          class={asking ? 'strong' : undefined}
          aria-disabled={!asking && at === pages.length}
          onClick={() => walk(1)}
        >
          {asking ? (
            'Reveal'
          ) : (
            <>
              <span aria-hidden="true">→</span>
              <span class="visually-hidden">Next page</span>
            </>
          )}
        </button>
        <button
          type="button"
          class="plain"
          aria-pressed={predict}
          title="each page opens without its verdict"
          onClick={() => {
            setRevealed(0)
            go({ ...lecture, predict: !predict })
          }}
        >
          predict first
        </button>
        <button type="button" class="plain" aria-pressed={form} onClick={() => setForm(!form)}>
          form
        </button>
        <button type="button" class="plain" onClick={open(list)}>
          pages
        </button>
        <button type="button" class="plain" onClick={open(qr)}>
          QR code
        </button>
        <a href={own}>leave</a>
      </nav>
      <QrDialog dialog={qr} address={own} />
      <PagesDialog dialog={list} lecture={lecture} onChoose={go} key={formatRoute(now)} />
    </div>
  )
}

/** PageUp and PageDown always walk; arrow keys do where nothing else uses them. */
function useKeys(walk: (by: 1 | -1) => void, leave: () => void): void {
  const current = useRef({ walk, leave })
  current.current = { walk, leave }
  useEffect(() => {
    const free = ({ target, altKey, ctrlKey, metaKey }: KeyboardEvent) =>
      !altKey && !ctrlKey && !metaKey && !(target as Element).closest('dialog')
    const onPageKey = (event: KeyboardEvent) => {
      if (!free(event) || (event.key !== 'PageUp' && event.key !== 'PageDown')) return
      event.preventDefault()
      event.stopPropagation()
      current.current.walk(event.key === 'PageDown' ? 1 : -1)
    }
    const onKey = (event: KeyboardEvent) => {
      if (!free(event) || event.defaultPrevented) return
      if (event.key === 'Escape') current.current.leave()
      else if ((event.target as Element).closest(usesArrows)) return
      else if (event.key === 'ArrowRight') current.current.walk(1)
      else if (event.key === 'ArrowLeft') current.current.walk(-1)
    }
    addEventListener('keydown', onPageKey, { capture: true })
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onPageKey, { capture: true })
      removeEventListener('keydown', onKey)
    }
  }, [])
}
