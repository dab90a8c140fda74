import { useState } from 'preact/hooks'

/** Copies to the clipboard; `status` reports the result. */
export function useCopy(): {
  readonly status: string
  readonly copy: (what: string, text: string) => void
} {
  const [status, setStatus] = useState('')
  return {
    status,
    copy: (what, text) => {
      void copyText(text).then((done) => {
        setStatus(
          done ? `${what} copied` : `This browser allows no copying. Copy it from here: ${text}`,
        )
      })
    },
  }
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
