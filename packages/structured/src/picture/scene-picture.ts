import { boxOddity, type AnnotatedScene, type Vocabulary } from '../load/annotated-scene.js'
import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import { arrowsOf, number } from './arrows.js'
import { escapeXml as text } from '../drawing/index.js'
import { placeSceneLabels, type Label, type PlacedLabel } from './place-labels.js'

/** Options of a picture. */
export interface PictureOptions {
  /** relations to draw instead of those of the scene, for example the top-ranked of a prediction */
  readonly relations?: readonly Relation[]
  /** text above the picture */
  readonly title?: string
}

/**
 * Colors that are distinguishable in all common kinds of color blindness, and dark enough for white
 * text.
 */
const colors = [
  '#0b63a8',
  '#b3470e',
  '#1b7a4b',
  '#8a3a86',
  '#8c6100',
  '#3e4aa8',
  '#a32a3c',
  '#256d75',
]

/** Pixels of the picture's longer side. */
const SIZE = 720
const FONT = 13

/**
 * A scene graph as an SVG picture: boxes with their names, and an arrow for each relation from
 * subject to object with the names of its predicates on it. Boxes of one class have one color.
 * Boxes are clipped to the image; a box without area is a dot. No external resources; the same
 * scene gives the same bytes.
 *
 * @param scene - with classes; relations are optional
 * @throws RangeError if the scene has no classes, or a class without a name
 * Cost: relations × boxes.
 *
 * @example
 * import { scenePicture } from '@nonconvex/structured/picture'
 * const scene = { id: 1, width: 40, height: 30, boxes: [[2, 2, 12, 20], [20, 5, 38, 25]], classes: [1, 2], relations: [[0, 1, 1]] }
 * const svg = scenePicture(scene, { classes: ['none', 'dog', 'cat'], predicates: ['none', 'chases'] })
 * console.log(svg.startsWith('<svg'), svg.includes('>chases</text>')) // → true true
 */
export function scenePicture(
  scene: AnnotatedScene,
  { classes: classNames, predicates: predicateNames }: Vocabulary,
  { relations = scene.relations ?? [], title }: PictureOptions = {},
): string {
  const { id, width, height, boxes, classes } = scene
  if (classes === undefined)
    throw new RangeError(
      `scenePicture: the scene must have classes, got image ${id} without classes`,
    )
  const nameOf = (names: readonly string[], i: number): string => {
    if (i >= 1 && i < names.length) return names[i]
    throw new RangeError(
      `scenePicture: expected class and predicate numbers from 1 to ${names.length - 1}, which have names, got ${i}`,
    )
  }
  const scale = SIZE / Math.max(width, height)
  const above = title === undefined ? 0 : 28
  const [w, h] = [Math.max(width * scale, 160), Math.max(height * scale, 60)]
  const drawn = boxes.map(
    (box) => shownPart(box, width, height).map((x) => x * scale) as unknown as Box,
  )
  const shades = shadesOf(classes)

  const frames = boxes.map((box, i) => {
    const [x1, y1, x2, y2] = drawn[i]
    const shade = shades(classes[i])
    return boxOddity(box, scene) === 'empty' || x2 - x1 < 1 || y2 - y1 < 1
      ? `<circle cx="${number(x1)}" cy="${number(y1)}" r="3" fill="${shade}"/>`
      : `<rect x="${number(x1)}" y="${number(y1)}" width="${number(x2 - x1)}" height="${number(y2 - y1)}" fill="${shade}" fill-opacity="0.07" stroke="${shade}" stroke-width="2"/>`
  })
  const room = { width: w, height: h, font: FONT }
  const tags = placeSceneLabels(
    boxes.map((_, i): Label => {
      const [x1, y1] = drawn[i]
      const words = nameOf(classNames, classes[i])
      return { words, x: x1, y: y1, kind: 'object', shade: shades(classes[i]) }
    }),
    room,
  )
  const arrows = arrowsOf(relations, tags, room)
  const names = placeSceneLabels(
    arrows.map(({ subject, predicates, at: [x, y] }): Label => {
      const words = predicates.map((p) => nameOf(predicateNames, p)).join(', ')
      return { words, x, y, kind: 'relation', shade: tags[subject].shade }
    }),
    room,
    [...tags, ...arrows.map(({ head }) => head)],
  )
  const lines = arrows.map(
    ({ path, subject }) =>
      `<path d="${path}" stroke="${tags[subject].shade}" marker-end="url(#tip${colors.indexOf(tags[subject].shade)})"/>`,
  )
  const tips = [...new Set(arrows.map(({ subject }) => tags[subject].shade))].map(
    (shade) =>
      `<marker id="tip${colors.indexOf(shade)}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="${shade}"/></marker>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(w)}" height="${number(h + above)}" viewBox="0 ${-above} ${number(w)} ${number(h + above)}" role="img" font-family="DejaVu Sans, Verdana, sans-serif" font-size="${FONT}">`,
    `<title>${text(title ?? `image ${id}`)}</title>`,
    `<defs>${tips.join('')}</defs>`,
    `<rect y="${-above}" width="100%" height="100%" fill="#fff"/>`,
    ...(title === undefined
      ? []
      : [`<text x="8" y="-9" font-weight="bold" fill="#1d1d1f">${text(title)}</text>`]),
    `<rect width="${number(width * scale)}" height="${number(height * scale)}" fill="#f6f6f4"/>`,
    ...frames,
    `<g fill="none" stroke-width="1.75">${lines.join('')}</g>`,
    `<g text-anchor="middle">${[...tags, ...names].map(tag).join('\n')}</g>`,
    '</svg>\n',
  ].join('\n')
}

/** A name on its plate: white on color for an object, color on white for a relation. */
function tag({ words, left, top, width: wide, height: high, kind, shade }: PlacedLabel): string {
  const plate = `<rect x="${number(left)}" y="${number(top)}" width="${number(wide)}" height="${number(high)}"`
  const place = `x="${number(left + wide / 2)}" y="${number(top + high - 5)}"`
  return kind === 'object'
    ? `${plate} rx="2" fill="${shade}"/><text ${place} fill="#fff">${text(words)}</text>`
    : `${plate} rx="${number(high / 2)}" fill="#fff" stroke="${shade}"/><text ${place} fill="${shade}" font-style="italic">${text(words)}</text>`
}

/** The part of a box inside the image; at its border if there is none. */
function shownPart([x1, y1, x2, y2]: Box, width: number, height: number): Box {
  const between = (x: number, most: number): number => Math.min(Math.max(x, 0), most)
  return [between(x1, width), between(y1, height), between(x2, width), between(y2, height)]
}

/** A color for each class, in order of first appearance. */
function shadesOf(classes: readonly number[]): (label: number) => string {
  const order = [...new Set(classes)]
  return (label) => colors[order.indexOf(label) % colors.length]
}
