import { useRef, useState } from 'preact/hooks'
import type { DataSource } from './messages.js'

/** Opens a file by button, by dropping it, or as a pasted text. */
export function SourceField({
  source,
  onPick,
}: {
  source: DataSource
  onPick: (source: DataSource) => void
}) {
  const [over, setOver] = useState(false)
  const pasted = useRef<HTMLTextAreaElement>(null)
  const open = (file: File | undefined) => {
    if (file) onPick({ name: file.name, content: file })
  }
  return (
    <div
      class={over ? 'source-field over' : 'source-field'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => {
        setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        open(event.dataTransfer?.files[0])
      }}
    >
      <p>
        <label class="strong open">
          Open a file
          <input
            type="file"
            class="visually-hidden"
            onChange={(event) => {
              open(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </label>{' '}
        or drop it here: CSV or TSV with a header, svmlight; gzipped or not. Now shown:{' '}
        <b>{source.name}</b>.
      </p>
      <p class="note">
        The file is read and computed on by this page, on this machine. It is sent nowhere.
      </p>
      <details>
        <summary>Paste a text</summary>
        <textarea
          ref={pasted}
          rows={6}
          spellcheck={false}
          aria-label="Examples as CSV or svmlight text"
          placeholder={'width,height,kind\n1.5,2,cat\n3,0.5,dog'}
        />
        <button
          type="button"
          class="plain"
          onClick={() => {
            const text = pasted.current?.value ?? ''
            onPick({ name: 'pasted', content: text })
          }}
        >
          use this text
        </button>
      </details>
    </div>
  )
}
