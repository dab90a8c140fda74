import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { experiments } from '@nonconvex/experiments'
import { explorers } from '../explore/explorers.js'
import { parseAddress } from '../state/address.js'
import { PlainButton } from '../view/exports.js'
import { formatLecture, pageOf, type LectureList } from './list.js'

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>
  readonly lecture: LectureList
  readonly onChoose: (next: LectureList) => void
}

const subjects = [...explorers, ...experiments]

/** The pages of the lecture: each a link to its place, and all of them as lines to be changed. */
export function PagesDialog({ dialog, lecture, onChoose }: Props) {
  const [text, setText] = useState(lecture.pages.join('\n'))
  const [error, setError] = useState<string>()
  const close = () => {
    dialog.current?.close()
  }
  return (
    <dialog ref={dialog} class="pages" aria-label="Pages of the lecture">
      <ol>
        {lecture.pages.map((page, i) => (
          <li key={i}>
            <a
              href={formatLecture({ ...lecture, at: i + 1 })}
              aria-current={i + 1 === lecture.at ? 'page' : undefined}
              onClick={close}
            >
              {nameOf(page)}
            </a>
          </li>
        ))}
      </ol>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          const pages = text.split('\n').map(pageOf).filter(Boolean)
          const next = { ...lecture, pages, at: 1 }
          const route = parseAddress(formatLecture(next), subjects)
          if (route.kind === 'invalid') {
            setError(route.message)
            return
          }
          close()
          onChoose(next)
        }}
      >
        <label for="lecture-pages">
          One address in each line, with its values; “copy link” of a page gives it.
        </label>
        <textarea
          id="lecture-pages"
          rows={8}
          spellcheck={false}
          value={text}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : 'lecture-pages-error'}
          onInput={(event) => {
            setText(event.currentTarget.value)
          }}
        />
        {error !== undefined && (
          <p class="error" id="lecture-pages-error" role="alert">
            {error}
          </p>
        )}
        <div class="buttons">
          <button type="submit" class="strong">
            Use these pages
          </button>
          <PlainButton name="close" onPress={close} />
        </div>
      </form>
    </dialog>
  )
}

/** The name of the page that an address opens. */
function nameOf(page: string): string {
  const route = parseAddress(`#/${page}`, subjects)
  return route.kind === 'subject' ? route.subject.name : page
}
