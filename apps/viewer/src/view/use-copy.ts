import { useState } from 'preact/hooks'

/** Copies texts, and says what came of it. */
export function useCopy(): {
  readonly said: string
  readonly copy: (what: string, text: string) => void
} {
  const [said, setSaid] = useState('')
  const copy = (what: string, text: string) => {
    void copyText(text).then((done) => {
      setSaid(
        done ? `${what} copied` : `This browser allows no copying. Take it from here: ${text}`,
      )
    })
  }
  return { said, copy }
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
