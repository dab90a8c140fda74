import { Connections } from './connections.js'
import type { Listed, ShownScene } from './listed.js'
import type { Colours } from './page-colours.js'
import { bySize, placeTags, textWidth, type Place } from './place-tags.js'
import { Tag } from './tag.js'

export interface PictureProps {
  readonly scene: Listed
  readonly shown: ShownScene
  /** object whose attention is drawn, −1: none */
  readonly looking: number
  /** of that object */
  readonly shares: readonly number[] | undefined
  /** labels are those of a model: right and wrong ones are told apart */
  readonly counted: boolean
  /** in units, of which a rem has about 14 */
  readonly width: number
  readonly theme: Colours
  /** width of a letter, where the page's font may not be there */
  readonly letter?: number
  /** the pointer is on an object, −1: on none */
  readonly onPoint?: (i: number) => void
  /** an object was chosen, −1: none */
  readonly onLook?: (i: number) => void
}

/** Below this width tags have numbers only; names stand in the table. */
const narrow = 400
export const font = 11.5

/**
 * A scene: boxes with their labels, and arrows for relations, or for the attention of one object.
 */
export function ScenePicture(props: PictureProps) {
  const { scene, shown, looking, shares, counted, width, theme, letter, onPoint, onLook } = props
  const scale = width / scene.width
  const height = Math.round(scene.height * scale)
  const places = scene.boxes.map(([x1, y1, x2, y2]): Place => {
    return { x: scale * x1, y: scale * y1, wide: scale * (x2 - x1), high: scale * (y2 - y1) }
  })
  const brief = width < narrow
  const wides = shown.objects.map(({ name, instead }) => {
    const words = brief ? '' : ` ${name}${instead === undefined ? '' : ` (${instead})`}`
    return textWidth(`00${words}`, font, letter) + (instead === undefined ? 4 : 17)
  })
  const room = { width, height }
  const tags = placeTags(places, wides, { ...room, high: 16 })
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="group"
      aria-label={`Scene ${scene.id}`}
      font-family="'Source Sans 3', system-ui, sans-serif"
      font-size={font}
      onPointerLeave={() => onPoint?.(-1)}
    >
      <rect width={width} height={height} fill={theme.paper} />
      <rect
        x={0.5}
        y={0.5}
        width={width - 1}
        height={height - 1}
        fill="none"
        stroke={theme.rule}
        onPointerEnter={() => onPoint?.(-1)}
        pointer-events="all"
        onClick={() => onLook?.(-1)}
      />
      {bySize(places)
        .reverse()
        .map((i) => (
          <Frame
            key={i}
            place={places[i]}
            wrong={shown.objects[i].instead !== undefined}
            looked={i === looking}
            pale={shares !== undefined && i !== looking}
            theme={theme}
            onPoint={() => onPoint?.(i)}
            onLook={() => onLook?.(i)}
          />
        ))}
      <Connections
        tags={tags}
        room={room}
        relations={shares ? [] : shown.relations}
        names={!brief}
        counted={counted}
        from={looking}
        shares={shares ?? []}
        theme={theme}
      />
      {shown.objects.map((object, i) => (
        <Tag
          key={i}
          number={i + 1}
          object={object}
          place={tags[i]}
          brief={brief}
          looked={i === looking}
          theme={theme}
          {...(onLook && {
            onPoint: () => onPoint?.(i),
            onLook: () => {
              onLook(i)
            },
          })}
        />
      ))}
    </svg>
  )
}

interface FrameProps {
  readonly place: Place
  readonly wrong: boolean
  readonly looked: boolean
  /** another one is looked at */
  readonly pale: boolean
  readonly theme: Colours
  readonly onPoint: () => void
  readonly onLook: () => void
}

/** The box of an object: dashed where its label is wrong. */
function Frame({ place, wrong, looked, pale, theme, onPoint, onLook }: FrameProps) {
  const { x, y, wide, high } = place
  const tone = looked ? theme.measured : wrong ? theme.violated : theme.ink
  return (
    <rect
      x={x}
      y={y}
      width={wide}
      height={high}
      fill={tone}
      fill-opacity={looked ? 0.12 : 0.04}
      stroke={tone}
      stroke-width={looked ? 2.5 : 1.25}
      stroke-opacity={pale ? 0.45 : 1}
      {...(wrong && { 'stroke-dasharray': '5 3' })}
      onPointerEnter={onPoint}
      onClick={onLook}
    />
  )
}
