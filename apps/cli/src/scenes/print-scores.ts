import type { SceneTruth } from '@nonconvex/structured'
import { SceneDataError, type AnnotatedScene } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import { tableLines } from '../terminal/tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { scoresJson, scoresTable, type ScoredScenes } from './scene-scores.js'

/** What of a scene is true. */
export function truthOf({ id, boxes, classes, relations }: AnnotatedScene): SceneTruth {
  if (classes === undefined || relations === undefined)
    throw new SceneDataError(
      { image: id },
      `expected ${classes === undefined ? 'classes' : 'relations'} to compare with, got nothing`,
    )
  return { boxes, classes, relations }
}

/** How an evaluation was made. */
export interface ScoresFacts {
  readonly file: string
  readonly json: boolean
  readonly inclusive: boolean
  /** images read, with or without relations */
  readonly images: number
  readonly dropped: ReadonlyMap<string, number>
  readonly task?: string
  /** whether the model was made from this very file */
  readonly trainedOn?: boolean
  /** images of the data for which there is no prediction */
  readonly missing?: number
}

/** Prints recalls as a table, or as one document. */
export function printScores(terminal: Terminal, scores: ScoredScenes, facts: ScoresFacts): void {
  const { file, json, inclusive, images, dropped, task, trainedOn, missing } = facts
  if (scores.constrained.images === 0)
    throw badInput(
      `${file}: expected images with relations, got none of ${images}; give annotated scenes`,
    )
  terminal.redraw('')
  if (json)
    terminal.print(
      JSON.stringify(
        {
          ...{ schema: 'nonconvex/evaluation@1', kind: 'scenes', images, inclusive },
          ...(task !== undefined && { task }),
          ...(trainedOn !== undefined && { trainedOn }),
          ...(missing !== undefined && { missing }),
          dropped: Object.fromEntries(dropped),
          scores: scoresJson(scores),
        },
        null,
        2,
      ),
    )
  else {
    for (const line of tableLines(scoresTable([{ scores }]), terminal)) terminal.print(line)
    terminal.print()
    terminal.print(
      `  ${task === undefined ? '' : `${task}; `}the last pixel of a box ${inclusive ? 'counts' : 'does not count'}; numbers with one predicate a pair and with all are never compared`,
    )
    if (trainedOn === true)
      terminal.print(
        '  The model was made from this very file: its recall says nothing of new images.',
      )
  }
  if (missing !== undefined && missing > 0)
    terminal.warn(`${missing} images without a prediction count 0`)
  for (const [what, times] of dropped) terminal.warn(`left out: ${what}, ${times}`)
}
