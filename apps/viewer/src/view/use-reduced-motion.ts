import { useEffect, useState } from 'preact/hooks'

/** Whether the reader wants no motion, kept up to date. */
export function useReducedMotion(): boolean {
  const [reduced, setReduced] = useState(() => query().matches)
  useEffect(() => {
    const list = query()
    const follow = () => {
      setReduced(list.matches)
    }
    list.addEventListener('change', follow)
    return () => {
      list.removeEventListener('change', follow)
    }
  }, [])
  return reduced
}

const query = (): MediaQueryList => matchMedia('(prefers-reduced-motion: reduce)')
