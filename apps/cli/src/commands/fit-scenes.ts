import { basename } from 'node:path'
import type { Table } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim'
import {
  frequencyCounter,
  frequencyPredictor,
  seenIn,
  type FrequencyTable,
} from '@nonconvex/structured'
import { boxOddity } from '@nonconvex/structured/load'
import { writeSafetensors } from '@nonconvex/tensor/safetensors'
import { badInput, exit } from '../exit.js'
import { openFolder } from '../files/out-folder.js'
import type { Host } from '../host.js'
import { modelFiles, sha256 } from '../models/model-folder.js'
import { scenesKind } from '../models/scenes-document.js'
import { openScenes, sameNames, type OpenedScenes } from '../scenes/open-scenes.js'
import { truthOf } from '../scenes/print-scores.js'
import { scenesRequest, type SceneFlags } from '../scenes/scene-flags.js'
import { countTensors, sceneModels } from '../scenes/scene-models.js'
import { sceneScores, scoresJson, scoresTable, type ScoredScenes } from '../scenes/scene-scores.js'
import { scenesPage } from '../scenes/scenes-page.js'
import { tableLines } from '../terminal/tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { count, formatNumber } from '../text/numbers.js'
import { shellWord } from './settings.js'

export interface FitScenesFlags extends SceneFlags {
  readonly model: string
  readonly classes?: number
  readonly predicates?: number
  readonly without?: readonly string[]
  readonly test?: string
  readonly inclusive?: boolean
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** What was read. */
interface ReadScenes {
  readonly images: number
  readonly boxes: number
  readonly relations: number
  readonly unrelated: number
  /** boxes that leave their image or have no area, which were kept */
  readonly odd: number
}

/** `nonconvex fit scenes DATA`: a predictor of scene graphs from annotated images. */
export async function fitScenes(
  host: Host,
  terminal: Terminal,
  data: string,
  flags: FitScenesFlags,
): Promise<number> {
  const { model, out, force = false, test } = flags
  const folder =
    out === undefined
      ? undefined
      : openFolder({ path: out, kind: 'model', holds: scenesKind, resume: false, force })
  try {
    const scenes = await openScenes({
      ...scenesRequest(data, { ...flags, split: flags.split ?? 'train' }, host.signal),
      ...(flags.classes !== undefined && { classes: flags.classes }),
      ...(flags.predicates !== undefined && { predicates: flags.predicates }),
      ...(flags.without && { without: flags.without }),
    })
    const { read, table } = await counted(scenes)
    const scores = test === undefined ? undefined : await tested(test, table)
    const dropped = Object.fromEntries(scenes.dropped)
    const { classes, predicates } = scenes.header
    const document: { readonly [name: string]: Json } = {
      parameters: { model },
      classes: [...classes],
      predicates: [...predicates],
      training: {
        data: {
          file: basename(data),
          format: scenes.format,
          sha256: scenes.digest(),
          ...read,
          dropped,
        },
        ...(scores && { test: scoresJson(scores) }),
      },
      versions: { nonconvex: host.version },
    }
    const weights = writeSafetensors(countTensors(table))
    const about = sceneModels.get(model)?.about ?? model
    const summary = `${count(read.images, 'image')} with ${count(read.boxes, 'box', 'boxes')} of ${classes.length - 1} classes and ${count(read.relations, 'relation')} of ${predicates.length - 1} predicates. The model, ${model}: ${about}.`
    const tables = [factsTable(read, table), ...(scores ? [scoresTable(scores)] : [])]
    if (folder && out !== undefined)
      folder.install(
        modelFiles(
          document,
          scenesKind,
          weights,
          scenesPage({
            title: `Scene graphs of ${basename(data)}`,
            ...{ summary: [summary], tables, version: host.version },
            commands: [commandOf(data, flags), `nonconvex evaluate ${shellWord(out)} DATA`],
          }),
        ),
      )
    if (flags.json) {
      const head = { schema: 'nonconvex/model@1', kind: scenesKind, weights: sha256(weights) }
      terminal.print(JSON.stringify({ ...head, ...document }, null, 2))
    } else {
      terminal.print(terminal.style.strong(data))
      terminal.print(summary)
      for (const each of tables) {
        terminal.print()
        for (const line of tableLines(each, terminal)) terminal.print(line)
      }
    }
    if (read.odd > 0)
      terminal.warn(
        `${count(read.odd, 'box', 'boxes')} outside the image or without area were kept`,
      )
    for (const [what, times] of scenes.dropped) terminal.warn(`left out: ${what}, ${times}`)
    terminal.hint(
      out === undefined
        ? 'nothing was written; --out MODEL keeps the model'
        : `written to ${out}; it is used with\n  ${host.program} predict ${shellWord(out)} DATA\n  ${host.program} evaluate ${shellWord(out)} DATA`,
    )
    return exit.done
  } finally {
    terminal.redraw('')
    folder?.release()
  }

  async function counted(
    scenes: OpenedScenes,
  ): Promise<{ readonly read: ReadScenes; readonly table: FrequencyTable }> {
    try {
      const counter = frequencyCounter(scenes.header)
      const read = { images: 0, boxes: 0, relations: 0, odd: 0 }
      await scenes.each((scene) => {
        const { boxes, relations } = truthOf(scene)
        counter.add(scene)
        read.images++
        read.boxes += boxes.length
        read.relations += relations.length
        read.odd += boxes.filter((box) => boxOddity(box, scene) !== undefined).length
        terminal.redraw(`reading: ${formatNumber(read.images)} images`)
      })
      if (read.relations === 0)
        throw badInput(`${data}: expected relations, got none in ${count(read.images, 'image')}`)
      const table = counter.table()
      const unrelated = table.unrelated.reduce((sum, x, i) => (i % 3 === 2 ? sum + x : sum), 0)
      return { read: { ...read, unrelated }, table }
    } finally {
      scenes.close()
    }
  }

  async function tested(path: string, table: FrequencyTable): Promise<ScoredScenes> {
    const scenes = await openScenes(
      scenesRequest(path, { ...flags, split: 'test' }, host.signal, table),
    )
    try {
      sameNames(path, scenes.header, table, data)
      const predictor = frequencyPredictor(table)
      const scores = sceneScores({
        predicates: table.predicates.length - 1,
        inclusive: flags.inclusive ?? scenes.inclusive,
        seen: seenIn(table),
      })
      await scenes.each((scene) => {
        scores.add({ truth: truthOf(scene), prediction: predictor.predict(scene, 'predcls') })
      })
      return scores.result()
    } finally {
      scenes.close()
    }
  }
}

function factsTable(read: ReadScenes, { triplets }: FrequencyTable): Table {
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

/** The command that makes the model again. */
function commandOf(data: string, flags: FitScenesFlags): string {
  const one = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`--${name} ${shellWord(String(value))}`]
  return [
    `nonconvex fit scenes ${shellWord(data)}`,
    ...one('model', flags.model),
    ...one('format', flags.format),
    ...one('split', flags.split),
    ...(flags.integerBoxes ? ['--integer-boxes'] : []),
    ...one('classes', flags.classes),
    ...one('predicates', flags.predicates),
    ...(flags.without ?? []).flatMap((name) => one('without', name)),
    ...one('test', flags.test),
    ...(flags.inclusive === undefined ? [] : [flags.inclusive ? '--inclusive' : '--no-inclusive']),
    ...one('out', flags.out),
  ].join(' ')
}
