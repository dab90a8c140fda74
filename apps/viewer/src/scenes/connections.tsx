import type { Arrow, Point, Rect } from '@nonconvex/structured/drawing'
import type { ShownRelation } from './permuted-scene.js'
import { arrowOf, placeNames } from './tag-layout.js'
import type { Colors } from './colors.js'

interface Props {
  readonly tags: readonly Rect[]
  readonly room: { readonly width: number; readonly height: number }
  readonly relations: readonly ShownRelation[]
  /** whether relations have their names on them */
  readonly names: boolean
  /** relations are marked as correct or wrong */
  readonly counted: boolean
  /** the selected object, with its attention weights, or none */
  readonly from: number
  readonly weights: readonly number[]
  readonly theme: Colors
}

/**
 * Arrows from tag to tag: relations, or the attention of an object, wider where more of it goes.
 */
export function Connections(props: Props) {
  const { tags, room, relations, names, counted, from, weights, theme } = props
  const tone = (is: ShownRelation['is']): string =>
    !counted || is === 'unannotated' ? theme.ink : is === 'correct' ? theme.holds : theme.violated
  const looks = weights.flatMap((weight, to) =>
    to === from
      ? []
      : [{ arrow: arrowOf(tags[from], tags[to], room), weight, text: weight.toFixed(2) }],
  )
  const sharePlaces = placeNames(looks, tags, 0.7)
  const joined = relations.map(({ subject, object, name, is }) => ({
    arrow: arrowOf(tags[subject], tags[object], room),
    is,
    text: counted && is === 'wrong' ? `wrong: ${name}` : name,
  }))
  const places = placeNames(joined, tags)
  return (
    <g pointer-events="none">
      {looks.map(({ arrow, weight }, i) => (
        <ArrowLine key={i} arrow={arrow} width={1 + 9 * weight} tone={theme.measured} />
      ))}
      {looks.map(
        ({ weight, text }, i) =>
          weight >= 0.05 && (
            <Name key={i} at={sharePlaces[i]} text={text} tone={theme.measured} theme={theme} />
          ),
      )}
      {joined.map(({ arrow, is }, i) => (
        <ArrowLine
          key={i}
          arrow={arrow}
          width={1.5}
          tone={tone(is)}
          dashed={counted && is !== 'correct'}
        />
      ))}
      {names &&
        joined.map(({ is, text }, i) => (
          <Name key={i} at={places[i]} text={text} tone={tone(is)} theme={theme} />
        ))}
    </g>
  )
}

interface NameProps {
  readonly at: Point
  readonly text: string
  readonly tone: string
  readonly theme: Colors
}

/** A name in the middle of an arrow, with some paper around it. */
function Name({ at: [x, y], text, tone, theme }: NameProps) {
  return (
    <text
      x={x}
      y={y + 4}
      text-anchor="middle"
      fill={tone}
      stroke={theme.paper}
      stroke-width={3.5}
      paint-order="stroke"
      stroke-linejoin="round"
    >
      {text}
    </text>
  )
}

interface LineProps {
  readonly arrow: Arrow
  readonly width: number
  readonly tone: string
  readonly dashed?: boolean
}

function ArrowLine({ arrow, width, tone, dashed }: LineProps) {
  const { from, bend, to } = arrow
  const long = 6 + 1.2 * width
  const [ux, uy] = unit(bend, to)
  const base: Point = [to[0] - long * ux, to[1] - long * uy]
  const half = 0.42 * long
  const head = [
    to,
    [base[0] - half * uy, base[1] + half * ux],
    [base[0] + half * uy, base[1] - half * ux],
  ]
  return (
    <>
      <path
        d={`M${from.join(' ')}Q${bend.join(' ')} ${base.join(' ')}`}
        fill="none"
        stroke={tone}
        stroke-width={width}
        stroke-opacity={0.85}
        {...(dashed && { 'stroke-dasharray': '5 3' })}
      />
      <polygon points={head.map((p) => p.join(',')).join(' ')} fill={tone} />
    </>
  )
}

function unit(from: Point, to: Point): Point {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const far = Math.hypot(dx, dy)
  return far < 1e-9 ? [1, 0] : [dx / far, dy / far]
}
