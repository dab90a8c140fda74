import { useState } from 'preact/hooks'

/** Copies to the clipboard; `status` reports the result. */
export function useCopy(): {
  readonly status: string
  readonly copy: (what: string, text: string) => void
  /** copies the link to an address, the hash of a page */
  readonly copyLink: (address: string) => void
} {
  const [status, setStatus] = useState('')
  const copy = (what: string, text: string): void => {
    void copyText(text).then((done) => {
      setStatus(
        done ? `${what} copied` : `This browser allows no copying. Copy it from here: ${text}`,
      )
    })
  }
  return {
    status,
    copy,
    copyLink: (address) => {
      copy('link', new URL(address, location.href).href)
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
