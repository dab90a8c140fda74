import type { Figure } from '@nonconvex/experiments/figure'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { placesBelow } from '../state/text.js'
import { theme } from '../state/theme.js'
import type * as DrawFigure from './draw-figure.js'
import { PictureExports } from './picture-exports.js'
import { placeSvg, unitsPerRem } from './place-svg.js'
import { Prose } from './tex.js'
import { useWidth } from './use-width.js'

/**
 * Brings the program that draws, once; a run that starts asks for it before there is anything to
 * draw.
 */
export const drawing = async () => (loaded = await import('./draw-figure.js'))

/** That program once it is there: it then draws at once, as before the page is printed. */
let loaded: typeof DrawFigure | undefined

interface DrawingProps {
  readonly figure: Figure
  /** drawn for at least this width, and made smaller where there is less */
  readonly least?: number
  /** hears whether the panels are below each other */
  readonly onDrawn?: (stacked: boolean) => void
}

/** The picture of a figure, drawn anew for the width and the theme that it gets. */
export function Drawing({ figure, least = 0, onDrawn }: DrawingProps) {
  const box = useRef<HTMLDivElement>(null)
  const room = Math.floor(useWidth(box) * unitsPerRem)
  const width = room === 0 ? 0 : Math.max(least, room)
  const shade = theme.value
  const [error, setError] = useState<string>()
  useLayoutEffect(() => {
    if (width === 0) return undefined
    let wanted = true
    const draw = ({ drawFigure, stacksPanels }: NonNullable<typeof loaded>) => {
      if (!wanted || !box.current) return
      placeSvg(box.current, drawFigure(figure, { document, theme: shade, width }))
      setError(undefined)
      onDrawn?.(stacksPanels(width))
    }
    const refuse = (reason: unknown) => {
      if (wanted) setError(reason instanceof Error ? reason.message : String(reason))
    }
    if (loaded)
      try {
        draw(loaded)
      } catch (reason) {
        refuse(reason)
      }
    else drawing().then(draw).catch(refuse)
    return () => {
      wanted = false
    }
  }, [figure, width, shade])
  return (
    <>
      <div class="drawing" ref={box} />
      {error !== undefined && (
        <p class="error">
          The figure cannot be drawn: {error}. Its data are in the JSON export; if the network was
          lost, reload the page.
        </p>
      )}
    </>
  )
}

/** A figure with its caption and what can be taken away. */
export function FigureView({ experiment, figure }: { experiment: string; figure: Figure }) {
  const [stacked, setStacked] = useState(false)
  return (
    <figure>
      <Drawing figure={figure} onDrawn={setStacked} />
      <figcaption>
        <span>
          <Prose text={stacked ? placesBelow(figure.caption) : figure.caption} />
        </span>
        <FigureExports name={`${experiment.replaceAll('/', '-')}-${figure.id}`} figure={figure} />
      </figcaption>
    </figure>
  )
}

/** For paper: the light theme at the usual width, the same bytes as the command line writes. */
function FigureExports({ name, figure }: { name: string; figure: Figure }) {
  return (
    <PictureExports
      name={name}
      svg={async () => (await drawing()).drawFigure(figure, { document, theme: 'light' })}
    />
  )
}
