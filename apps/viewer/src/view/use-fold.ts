import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/**
 * The height in rem from where a page's picture begins, below its header, to the foot of the window
 * before anything is scrolled; Infinity before it is known.
 */
export function useFold(box: RefObject<Element | null>): number {
  const [height, setHeight] = useState(Infinity)
  useEffect(() => {
    // the picture itself may stick to the top of the window
    const begins = box.current?.closest('.work') ?? box.current
    if (!begins) return undefined
    const follow = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
      const top = begins.getBoundingClientRect().top + scrollY
      const bar = document.querySelector('.lecture-bar')?.clientHeight ?? 0
      setHeight((innerHeight - bar - top - parseFloat(getComputedStyle(begins).paddingTop)) / rem)
    }
    const observer = new ResizeObserver(follow)
    const header = begins.closest('article')?.querySelector('header')
    // a formula and a face that come later move it
    if (header) observer.observe(header)
    addEventListener('resize', follow)
    follow()
    return () => {
      observer.disconnect()
      removeEventListener('resize', follow)
    }
  }, [box])
  return height
}
