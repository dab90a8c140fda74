import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/**
 * The width of an element in rem, kept up to date; 0 before it is known. A projector's window has a
 * larger rem.
 */
export function useWidth(box: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!box.current) return undefined
    const observer = new ResizeObserver(([entry]) => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
      if (entry) setWidth(entry.contentRect.width / rem)
    })
    observer.observe(box.current)
    return () => {
      observer.disconnect()
    }
  }, [box])
  return width
}
