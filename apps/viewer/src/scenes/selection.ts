import { useEffect, useRef } from 'preact/hooks'
import { commit, edit } from '../state/route.js'

/** Selects the object whose attention is shown, counted from 0; −1: none. */
export function selectObject(i: number): void {
  edit('look', String(i + 1))
  commit('selection')
}

/** Fields that use Escape themselves. */
const typing = 'input:not([type=range], [type=checkbox]), select, textarea'

/** Escape clears the selection, wherever the focus is on the page. */
export function useEscape(letGo: () => void): void {
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
