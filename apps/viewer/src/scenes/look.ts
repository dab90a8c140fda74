import { useEffect, useRef } from 'preact/hooks'
import { commit, edit } from '../state/place.js'

/** Chooses the object whose attention is shown, counted from 0; −1: none. */
export function lookAtObject(i: number): void {
  edit('look', String(i + 1))
  commit()
}

/** Where Escape belongs to what is typed or chosen. */
const typing = 'input:not([type=range], [type=checkbox]), select, textarea'

/** Escape lets go of the object that is looked at, wherever the keyboard is on the page. */
export function useLetGo(letGo: () => void): void {
  const now = useRef(letGo)
  now.current = letGo
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.matches(typing)) return
      now.current()
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
    }
  }, [])
}
