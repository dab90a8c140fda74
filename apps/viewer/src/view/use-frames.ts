import { useEffect } from 'preact/hooks'

/**
 * Calls `tick` in each frame with the seconds since the last one, until it says that there is no
 * more; begins anew when an input changes.
 */
export function useFrames(tick: (passed: number) => boolean, inputs: readonly unknown[]): void {
  useEffect(() => {
    let last = performance.now()
    const goOn = () => {
      const now = performance.now()
      const more = tick((now - last) / 1000)
      last = now
      if (more) asked = requestAnimationFrame(goOn)
    }
    let asked = requestAnimationFrame(goOn)
    return () => {
      cancelAnimationFrame(asked)
    }
  }, inputs)
}
