import type { Rect } from '@nonconvex/structured/drawing'
import { Connections } from './connections.js'
import type { PermutedScene, ShownScene } from './permuted-scene.js'
import type { Colors } from './colors.js'
import { useRef } from 'preact/hooks'
import { useObjectDrag, type DragHandlers, type MoveBy } from './use-object-drag.js'
import { bySize, placeTags, tagWidth } from './tag-layout.js'
import { Tag } from './tag.js'

export interface PictureProps {
  readonly scene: PermutedScene
  readonly shown: ShownScene
  /** object whose attention is drawn, −1: none */
  readonly selected: number
  /** of that object */
  readonly weights: readonly number[] | undefined
  /** labels are those of a model: correct and wrong ones are marked */
  readonly counted: boolean
  /** in units, of which a rem has about 14 */
  readonly width: number
  readonly theme: Colors
  /** relative width of the font, where the page's font may not be there */
  readonly fontWidth?: number
  /** the pointer is on an object, −1: on none */
  readonly onHover?: (i: number) => void
  /** an object was chosen, −1: none */
  readonly onSelect?: (i: number) => void
  readonly onMove?: MoveBy
  readonly onDelete?: (i: number) => void
}

/** Below this width tags have numbers only; names stand in the table. */
const narrow = 400
export const font = 11.5

/**
 * A scene: boxes with their labels, and arrows for relations, or for the attention of one object.
 */
export function ScenePicture(props: PictureProps) {
  const { scene, shown, selected, weights, counted, width, theme, fontWidth, onHover, onSelect } =
    props
  const { onMove, onDelete } = props
  const scale = width / scene.width
  const height = Math.round(scene.height * scale)
  const boxes = scene.boxes.map(([x1, y1, x2, y2]): Rect => ({
    left: scale * x1,
    top: scale * y1,
    width: scale * (x2 - x1),
    height: scale * (y2 - y1),
  }))
  const brief = width < narrow
  const widths = shown.objects.map(({ name, trueName }) => {
    const words = brief ? '' : ` ${name}${trueName === undefined ? '' : ` (${trueName})`}`
    return tagWidth(`00${words}`, font, fontWidth) + (trueName === undefined ? 4 : 17)
  })
  const room = { width, height }
  const root = useRef<SVGSVGElement>(null)
  // pixels of the page for one of the scene
  const drag = useObjectDrag(() => (root.current?.clientWidth ?? width) / scene.width, onMove)
  const tags = placeTags(boxes, widths, room, 16)
  return (
    <svg
      ref={root}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="group"
      aria-label={`Scene ${scene.id}`}
      font-family="'Source Sans 3', system-ui, sans-serif"
      font-size={font}
      onPointerLeave={() => onHover?.(-1)}
    >
      <rect width={width} height={height} fill={theme.paper} />
      <rect
        x={0.5}
        y={0.5}
        width={width - 1}
        height={height - 1}
        fill="none"
        stroke={theme.rule}
        onPointerEnter={() => onHover?.(-1)}
        pointer-events="all"
        onClick={() => onSelect?.(-1)}
      />
      {bySize(boxes)
        .reverse()
        .map((i) => (
          <Frame
            key={i}
            box={boxes[i]}
            wrong={shown.objects[i].trueName !== undefined}
            selected={i === selected}
            dimmed={weights !== undefined && i !== selected}
            theme={theme}
            onHover={() => onHover?.(i)}
            onSelect={() => onSelect?.(i)}
            drag={drag(i)}
          />
        ))}
      <Connections
        tags={tags}
        room={room}
        relations={weights ? [] : shown.relations}
        names={!brief}
        counted={counted}
        from={selected}
        weights={weights ?? []}
        theme={theme}
      />
      {shown.objects.map((object, i) => (
        <Tag
          key={i}
          number={i + 1}
          object={object}
          place={tags[i]}
          brief={brief}
          selected={i === selected}
          theme={theme}
          {...(onSelect && {
            onHover: () => onHover?.(i),
            onSelect: () => {
              onSelect(i)
            },
            drag: drag(i),
            onMove: (by) => onMove?.(i, by, 'key'),
            onDelete: () => onDelete?.(i),
          })}
        />
      ))}
    </svg>
  )
}

interface FrameProps {
  readonly box: Rect
  readonly wrong: boolean
  readonly selected: boolean
  /** another object is selected */
  readonly dimmed: boolean
  readonly theme: Colors
  readonly onHover: () => void
  readonly onSelect: () => void
  readonly drag: DragHandlers
}

/** The box of an object: dashed where its label is wrong. */
function Frame({ box, wrong, selected, dimmed, theme, onHover, onSelect, drag }: FrameProps) {
  const { left, top, width, height } = box
  const tone = selected ? theme.measured : wrong ? theme.violated : theme.ink
  return (
    <rect
      x={left}
      y={top}
      width={width}
      height={height}
      fill={tone}
      fill-opacity={selected ? 0.12 : 0.04}
      stroke={tone}
      stroke-width={selected ? 2.5 : 1.25}
      stroke-opacity={dimmed ? 0.45 : 1}
      {...(wrong && { 'stroke-dasharray': '5 3' })}
      class="frame"
      onPointerEnter={onHover}
      onClick={onSelect}
      {...drag}
    />
  )
}
