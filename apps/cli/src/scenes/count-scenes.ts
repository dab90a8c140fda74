import { counted } from '@nonconvex/optim/claims'
import { Verbatim, words, type ShownTable } from '../text/prose.js'
import { frequencyCounter, type FrequencyTable } from '@nonconvex/structured/baselines'
import { boxOddity, type AnnotatedScene } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import type { Terminal } from '../terminal/terminal.js'
import { droppedText, imageKey, type OpenedScenes } from './open-scenes.js'
import { truthOf } from './print-scores.js'
import type { ScenesRecord } from './scenes-record.js'

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
  /** keys of all images with relations, where they are to be compared */
  readonly keys: ReadonlySet<string>
}

/** Reads annotated scenes once, and counts. Memory: the counts, and what is kept. */
export async function countScenes(
  data: string,
  opened: OpenedScenes,
  terminal: Terminal,
  keep: boolean,
  compared = false,
): Promise<CountedScenes> {
  try {
    const counter = frequencyCounter(opened.header)
    const read = { images: 0, boxes: 0, relations: 0, odd: 0 }
    const scenes: AnnotatedScene[] = []
    const keys = new Set<string>()
    await opened.each((scene) => {
      const { boxes, relations } = truthOf(scene)
      counter.add(scene)
      read.images++
      read.boxes += boxes.length
      read.relations += relations.length
      read.odd += boxes.filter((box) => boxOddity(box, scene) !== undefined).length
      if (compared && relations.length > 0) keys.add(imageKey(scene))
      if (keep && relations.length > 0) scenes.push(scene)
      terminal.redraw(`reading: ${counted(read.images, 'image')}`)
    })
    if (read.relations === 0)
      throw badInput(
        'relations-missing',
        `${data}: expected relations, got none in ${counted(read.images, 'image')}${droppedText(opened.dropped)}; give annotated images`,
      )
    const table = counter.table()
    const unrelated = table.unrelated.reduce((sum, x, i) => (i % 3 === 2 ? sum + x : sum), 0)
    const detected = scenes.every(({ objectLogits }) => objectLogits !== undefined)
    return { read: { ...read, unrelated }, table, scenes, keys, detected }
  } finally {
    opened.close()
  }
}

export function factsTable(read: ScenesRecord['training']['data']): ShownTable {
  return {
    id: 'scenes',
    title: 'Scenes',
    columns: [
      { name: 'what', title: '' },
      { name: 'count', title: 'count' },
    ],
    rows: [
      ['images', read.images],
      ['boxes', read.boxes],
      ['relations', read.relations],
      ['ordered pairs of boxes without a relation', read.unrelated],
      ['distinct triplets (class, predicate, class)', read.triplets],
      ...(read.odd > 0 ? [['boxes outside the image or with zero area (kept)', read.odd]] : []),
      ...Object.entries(read.dropped).map(([what, times]) => [
        words`dropped: ${new Verbatim(what)}`,
        times,
      ]),
    ],
  }
}
