import { useEffect, useMemo, useState } from 'preact/hooks'
import { Drawing } from '../view/figure-view.js'
import type { Examples } from './problem.js'
import { Widths, widthsFigure, type WidthCount } from './widths.js'

interface Props {
  readonly examples: Examples
  readonly k: number
  readonly alpha: number
  readonly eta: number
  readonly seed: number
}

/** Counts, and the values that they are of. */
interface Counted {
  readonly of: object
  readonly counts: readonly WidthCount[]
}

/** Milliseconds of computing in a piece, and of rest after a change. */
const PIECE = 10
const REST = 250

/** Updates against the width, counted beside the picture once it rests. */
export function WidthsPart({ examples, k, alpha, eta, seed }: Props) {
  const [counted, setCounted] = useState<Counted>()
  const { kind } = examples.separable
  const key = useMemo(() => ({}), [examples, alpha, eta, seed])
  useEffect(() => {
    if (kind !== 'separable') return undefined
    const widths = new Widths(examples, { alpha, eta }, seed)
    const goOn = () => {
      const end = performance.now() + PIECE
      if (widths.advance(() => performance.now() > end))
        setCounted({ of: key, counts: widths.counts })
      else asked = window.setTimeout(goOn)
    }
    let asked = window.setTimeout(goOn, REST)
    return () => {
      clearTimeout(asked)
    }
  }, [key, kind])
  const figure = useMemo(
    () => (counted ? widthsFigure(counted.counts, k) : undefined),
    [counted, k],
  )
  if (kind !== 'separable') return null
  return (
    // the picture of other points stays until this one is there, so that nothing jumps
    <section class={counted && counted.of !== key ? 'widths dimmed' : 'widths'}>
      <h2>The same points at every width</h2>
      {figure ? (
        <figure>
          <Drawing figure={figure} />
          <figcaption>{figure.caption}</figcaption>
        </figure>
      ) : (
        <p class="waiting">Training networks of width 1 to 1000…</p>
      )}
    </section>
  )
}
