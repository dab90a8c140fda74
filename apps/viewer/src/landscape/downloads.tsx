import { themes } from '@nonconvex/experiments/figure'
import { pngOf } from '../export/png.js'
import { save } from '../export/save.js'
import { PlainButton } from '../view/exports.js'
import { useCopy } from '../view/use-copy.js'
import type { LandscapeParams } from './params.js'
import { basinShape } from './basin-shape.js'
import type { Basins } from './basins.js'
import type { Camera } from './camera.js'
import { frameOf } from './frame.js'
import { axisShapes, mapShapes } from './map-picture.js'
import type { PictureProps } from './picture-props.js'
import { criticalPointShapes } from './critical-point-shapes.js'
import { runShapes } from './run-shapes.js'
import { surfaceFor } from './surface-picture.js'
import { svgOf } from './svg.js'

interface Props extends PictureProps {
  readonly params: LandscapeParams
  readonly address: string
  readonly basins: Basins | undefined
  /** from where the surface is seen */
  readonly camera: Camera
}

/** Width and type of a picture on paper. */
const WIDTH = 640
const TYPE = 13

/** Downloads of the picture, in the light theme, and a link to these values. */
export function Downloads({ params, address, camera, ...picture }: Props) {
  const { status, copyLink } = useCopy()
  const name = `landscape-k${params.k}-s${params.stride}-${params.angle}`
  const svg = () => drawn(picture, params, camera)
  return (
    <div class="downloads">
      <PlainButton
        name="SVG"
        onPress={() => {
          save(`${name}.svg`, 'image/svg+xml', svg())
        }}
      />
      <PlainButton
        name="PNG"
        onPress={() => {
          void pngOf(svg()).then((png) => {
            save(`${name}.png`, 'image/png', png)
          })
        }}
      />
      <PlainButton
        name="copy link"
        onPress={() => {
          copyLink(address)
        }}
      />
      {params.shown === 'surface' && (
        <span class="source">downloads keep this view; links open the default view</span>
      )}
      <span class="status" role="status">
        {status}
      </span>
    </div>
  )
}

function drawn(
  { problem, points, runs, basins }: Pick<Props, 'problem' | 'points' | 'runs' | 'basins'>,
  { k, stride, angle, shown }: LandscapeParams,
  camera: Camera,
): string {
  const theme = themes.light
  const title = `Loss with ${k} patches at stride ${stride}, teacher at ${angle} degrees`
  if (shown === 'surface')
    return svgOf(
      surfaceFor({ problem, points, runs }, WIDTH, TYPE, camera, theme),
      theme.paper,
      title,
    )
  const frame = frameOf(WIDTH, TYPE)
  const shapes = [
    ...axisShapes(frame, theme),
    ...mapShapes(problem, frame, theme),
    ...(basins ? [basinShape(basins, frame, theme)] : []),
    ...runs.flatMap((run) => runShapes(run, frame, theme)),
    ...criticalPointShapes(points, frame, theme),
  ]
  return svgOf({ ...frame, shapes }, theme.paper, title)
}
