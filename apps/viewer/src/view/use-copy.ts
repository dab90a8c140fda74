import { useState } from 'preact/hooks'

/** Copying to the clipboard, with the sentence that says how it went. */
export function useCopy(): {
  readonly said: string
  readonly copy: (what: string, text: string) => void
} {
  const [said, setSaid] = useState('')
  return {
    said,
    copy: (what, text) => {
      void copyText(text).then((done) => {
        setSaid(
          done ? `${what} copied` : `This browser allows no copying. Take it from here: ${text}`,
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
