import { themes } from '@nonconvex/experiments/figure'
import { pngOf } from '../export/png.js'
import { save } from '../export/save.js'
import { formatAddress } from '../state/address.js'
import { Take } from '../view/exports.js'
import { useCopy } from '../view/use-copy.js'
import { landscape, type LandscapeParams } from './explorer.js'
import type { Camera } from './camera.js'
import { frameOf } from './frame.js'
import { mapShapes } from './map-picture.js'
import type { Seen } from './map-view.js'
import { placeShapes } from './place-shapes.js'
import { runShapes } from './run-shapes.js'
import { surfaceFor } from './surface-picture.js'
import { svgOf } from './svg.js'

interface Props extends Seen {
  readonly params: LandscapeParams
  readonly seed: number
  /** from where the surface is seen */
  readonly camera: Camera
}

/** Width and type of a picture on paper. */
const WIDTH = 640
const TYPE = 13

/** What can be taken away: the picture in the light colours of paper, and a link to all of this. */
export function Takes({ params, seed, camera, ...seen }: Props) {
  const { said, copy } = useCopy()
  const name = `landscape-k${params.k}-s${params.stride}-${params.angle}`
  const svg = () => drawn(seen, params, camera)
  return (
    <div class="take">
      <Take
        name="SVG"
        onTake={() => {
          save(`${name}.svg`, 'image/svg+xml', svg())
        }}
      />
      <Take
        name="PNG"
        onTake={() => {
          void pngOf(svg()).then((png) => {
            save(`${name}.png`, 'image/png', png)
          })
        }}
      />
      <Take
        name="copy link"
        onTake={() => {
          const hash = formatAddress(landscape, { ...params }, seed)
          copy('link', new URL(hash, location.href).href)
        }}
      />
      {params.shown === 'surface' && (
        <span class="source">pictures as it is turned here; a link opens the usual view</span>
      )}
      <span class="said" role="status">
        {said}
      </span>
    </div>
  )
}

function drawn(
  { problem, places, runs }: Seen,
  { k, stride, angle, shown }: LandscapeParams,
  camera: Camera,
): string {
  const theme = themes.light
  const title = `Loss of ${k} windows at stride ${stride}, teacher at ${angle} degrees`
  if (shown === 'surface')
    return svgOf(
      surfaceFor({ problem, places, runs }, WIDTH, TYPE, camera, theme),
      theme.paper,
      title,
    )
  const frame = frameOf(WIDTH, TYPE)
  const shapes = [
    ...mapShapes(problem, frame, theme),
    ...runs.flatMap((run) => runShapes(run, frame, theme)),
    ...placeShapes(places, frame, theme),
  ]
  return svgOf({ ...frame, shapes }, theme.paper, title)
}
