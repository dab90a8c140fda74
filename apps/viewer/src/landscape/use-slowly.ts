import { useEffect, useState } from 'preact/hooks'

/** Milliseconds of computing in a frame. */
const BUDGET = 8

/** A computation in small steps. */
export type Steps<T> = Generator<undefined, T>

/**
 * The result of a computation that goes on frame by frame, undefined until it is there; it begins
 * anew when an input changes.
 *
 * @param begin - returns undefined while there is nothing to compute
 */
export function useSlowly<T>(
  begin: () => Steps<T> | undefined,
  inputs: readonly unknown[],
): T | undefined {
  const [result, setResult] = useState<{ readonly value: T }>()
  useEffect(() => {
    setResult(undefined)
    const steps = begin()
    if (!steps) return undefined
    const goOn = () => {
      const end = performance.now() + BUDGET
      while (performance.now() < end) {
        const { done, value } = steps.next()
        if (done !== true) continue
        setResult({ value })
        return
      }
      asked = requestAnimationFrame(goOn)
    }
    let asked = requestAnimationFrame(goOn)
    return () => {
      cancelAnimationFrame(asked)
    }
  }, inputs)
  return result?.value
}
