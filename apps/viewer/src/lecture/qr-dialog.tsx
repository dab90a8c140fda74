import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { PlainButton } from '../view/exports.js'

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>
  /** the hash of the page */
  readonly address: string
}

/** The address of a page as a code that a phone reads, as large as the window allows. */
export function QrDialog({ dialog, address }: Props) {
  const [drawn, setDrawn] = useState<{ readonly path: string; readonly size: number }>()
  const [error, setError] = useState<string>()
  const whole = new URL(address, location.href).href
  const isLocal = /^(localhost|127\.|\[::1\])/.test(location.hostname)
  useEffect(() => {
    import('uqr').then(
      ({ encode }) => {
        const { data, size } = encode(whole, { border: 4 })
        const path = data.flatMap((row, y) =>
          row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
        )
        setDrawn({ path: path.join(''), size })
      },
      (reason: unknown) => {
        setError(reason instanceof Error ? reason.message : String(reason))
      },
    )
  }, [whole])
  return (
    <dialog ref={dialog} class="qr" aria-label="QR code of this page">
      {drawn && (
        <svg
          viewBox={`0 0 ${drawn.size} ${drawn.size}`}
          shape-rendering="crispEdges"
          role="img"
          aria-label={`QR code of ${whole}`}
        >
          <rect class="light" width={drawn.size} height={drawn.size} />
          <path class="dark" d={drawn.path} />
        </svg>
      )}
      {error !== undefined && <p class="error">The code cannot be drawn: {error}.</p>}
      <p class="address">{whole}</p>
      {isLocal && (
        <p class="note">This address opens on this machine only: put the folder on a web server.</p>
      )}
      <PlainButton
        name="close"
        onPress={() => {
          dialog.current?.close()
        }}
      />
    </dialog>
  )
}
