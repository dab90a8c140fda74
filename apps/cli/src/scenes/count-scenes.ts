import type { Table } from '@nonconvex/experiments'
import { frequencyCounter, type FrequencyTable } from '@nonconvex/structured'
import { boxOddity, type AnnotatedScene, type Vg150Split } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import type { Terminal } from '../terminal/terminal.js'
import { count } from '../text/numbers.js'
import type { OpenedScenes } from './open-scenes.js'
import { truthOf } from './print-scores.js'
import { splits } from './scene-flags.js'

/** What was read. */
export interface ReadScenes {
  readonly images: number
  readonly boxes: number
  readonly relations: number
  readonly unrelated: number
  /** boxes that leave their image or have no area, which were kept */
  readonly odd: number
}

export interface CountedScenes {
  readonly read: ReadScenes
  readonly table: FrequencyTable
  /** those with relations, where they are to be kept */
  readonly scenes: readonly AnnotatedScene[]
  /** whether all of these have a detector's logits */
  readonly detected: boolean
}

/** Reads annotated scenes once, and counts. Memory: the counts, and what is kept. */
export async function countScenes(
  data: string,
  opened: OpenedScenes,
  terminal: Terminal,
  keep: boolean,
): Promise<CountedScenes> {
  try {
    const counter = frequencyCounter(opened.header)
    const read = { images: 0, boxes: 0, relations: 0, odd: 0 }
    const scenes: AnnotatedScene[] = []
    await opened.each((scene) => {
      const { boxes, relations } = truthOf(scene)
      counter.add(scene)
      read.images++
      read.boxes += boxes.length
      read.relations += relations.length
      read.odd += boxes.filter((box) => boxOddity(box, scene) !== undefined).length
      if (keep && relations.length > 0) scenes.push(scene)
      terminal.redraw(`reading: ${count(read.images, 'image')}`)
    })
    if (read.images === 0 && opened.format === 'vg150') throw emptyPart(data, opened.part)
    if (read.relations === 0)
      throw badInput(`${data}: expected relations, got none in ${count(read.images, 'image')}`)
    const table = counter.table()
    const unrelated = table.unrelated.reduce((sum, x, i) => (i % 3 === 2 ? sum + x : sum), 0)
    const detected = scenes.every(({ objectLogits }) => objectLogits !== undefined)
    return { read: { ...read, unrelated }, table, scenes, detected }
  } finally {
    opened.close()
  }
}

/** A file of VG150 without images of a part. */
const emptyPart = (data: string, part: Vg150Split): Error =>
  badInput(
    part === 'train'
      ? `${data}: the train part is empty: the first 5,000 of the images for training are val, and there are no more; give --split all or val`
      : `${data}: the ${part} part is empty; give --split ${splits.filter((each) => each !== part).join(' or ')}`,
  )

export function factsTable(read: ReadScenes, { triplets }: FrequencyTable): Table {
  return {
    id: 'scenes',
    title: 'The scenes',
    columns: [
      { name: 'what', title: '' },
      { name: 'count', title: 'count' },
    ],
    rows: [
      ['images', read.images],
      ['boxes', read.boxes],
      ['relations', read.relations],
      ['ordered pairs of boxes without a relation', read.unrelated],
      ['different triplets class, predicate, class', triplets.length / 4],
    ],
  }
}
