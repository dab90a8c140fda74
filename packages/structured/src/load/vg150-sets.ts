import { integerRows, type Hdf5Rows, type Hdf5Source } from './hdf5.js'
import { SceneDataError, type ScenePlace } from './scene-data-error.js'

/** A range of rows; undefined if an image has none. */
export interface RowRange {
  readonly first: number
  readonly count: number
}

/** The data sets of `VG-SGG.h5`, row by row. */
export interface Vg150Sets {
  readonly images: number
  /** length of an image's longer side in the units of the boxes */
  readonly longSide: number
  /** 0 train, 2 test */
  readonly split: (image: number) => number
  readonly boxRange: (image: number, place: ScenePlace) => RowRange
  readonly relationRange: (image: number, place: ScenePlace) => RowRange
  /** center and size */
  readonly box: (row: number) => readonly number[]
  readonly label: (row: number) => number
  /** indices among the boxes of the whole file */
  readonly relationship: (row: number) => readonly number[]
  readonly predicate: (row: number) => number
}

const part = 'VG-SGG.h5'

/** What each data set has, and how many numbers are in one row of it. */
const sets = {
  split: 1,
  labels: 1,
  img_to_first_box: 1,
  img_to_last_box: 1,
  predicates: 1,
  relationships: 2,
  img_to_first_rel: 1,
  img_to_last_rel: 1,
} as const

type Name = keyof typeof sets

/** Opens the data sets and checks that their lengths match. */
export function openVg150Sets(h5: Hdf5Source): Vg150Sets {
  const missing = Object.keys(sets).filter((name) => h5.rows(name) === undefined)
  const large = h5.rows('boxes_1024')
  const found = large ?? h5.rows('boxes_512')
  if (found === undefined) missing.push('boxes_1024')
  if (found === undefined || missing.length > 0)
    throw new SceneDataError(
      { part },
      `expected the data sets of VG150, got a file without ${missing.join(', ')}`,
    )
  const open = (name: string, width: number, rows: Hdf5Rows): ReturnType<typeof integerRows> => {
    const wide = rows.shape.slice(1).reduce((product, each) => product * each, 1)
    if (wide !== width)
      throw new SceneDataError(
        { part },
        `data set ${name}: expected ${width} numbers a row, got ${wide}`,
      )
    return integerRows(name, rows)
  }
  const set = (name: Name): ReturnType<typeof integerRows> =>
    open(name, sets[name], h5.rows(name) ?? { shape: [0], read: () => [] })
  const same = (name: string, count: number, other: string, expected: number): void => {
    if (count !== expected)
      throw new SceneDataError(
        { part },
        `data set ${name}: expected ${expected} rows, as ${other} has, got ${count}`,
      )
  }
  const [split, labels, predicates] = [set('split'), set('labels'), set('predicates')]
  const relationships = set('relationships')
  const box = open(large ? 'boxes_1024' : 'boxes_512', 4, found)
  same('labels', labels.count, 'boxes', box.count)
  same('relationships', relationships.count, 'predicates', predicates.count)
  const ranges = (what: 'box' | 'rel', rows: number): Vg150Sets['boxRange'] => {
    const [first, last] = [set(`img_to_first_${what}`), set(`img_to_last_${what}`)]
    same(`img_to_first_${what}`, first.count, 'split', split.count)
    same(`img_to_last_${what}`, last.count, 'split', split.count)
    return (image, place) => {
      const [[a], [b]] = [first.at(image), last.at(image)]
      if (a === -1 && b === -1) return { first: 0, count: 0 }
      if (a >= 0 && b >= a && b < rows) return { first: a, count: b - a + 1 }
      throw new SceneDataError(
        place,
        `img_to_first_${what}, img_to_last_${what}: expected a range of 0 to ${rows - 1} or −1, got ${a} to ${b}`,
      )
    }
  }
  return {
    images: split.count,
    longSide: large ? 1024 : 512,
    split: (image) => split.at(image)[0],
    boxRange: ranges('box', box.count),
    relationRange: ranges('rel', predicates.count),
    box: box.at,
    label: (row) => labels.at(row)[0],
    relationship: relationships.at,
    predicate: (row) => predicates.at(row)[0],
  }
}
