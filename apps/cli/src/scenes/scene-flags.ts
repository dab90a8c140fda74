import { flagName } from '../command-line/declaration.js'
import type { SceneFlags } from '../command-line/data-commands.js'
import type { ScenePredictor, SceneTask } from '@nonconvex/structured/recall'
import type { AnnotatedScene, Vocabulary } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import type { ScenesRequest } from './open-scenes.js'
import { sceneFormats, type SceneFormat } from './scene-format.js'

/**
 * How DATA is to be read; of data sets with a split the part for tests, unless another is asked
 * for.
 */
export function scenesRequest(
  path: string,
  { format, split = 'test', integerBoxes }: SceneFlags,
  signal: AbortSignal,
  vocabulary?: Vocabulary,
): ScenesRequest {
  const known = sceneFormats.find((each) => each === format)
  if (format !== undefined && known === undefined)
    throw badInput(
      'format-unsupported',
      `--format ${format}: expected one of ${sceneFormats.join(', ')} for scenes`,
    )
  return {
    path,
    signal,
    split,
    splitFlag: '--split',
    ...(known && { format: known }),
    ...(integerBoxes && { integerBoxes }),
    ...(vocabulary && { vocabulary }),
  }
}

/**
 * The task that was asked for, or that of the model, or the one that the scene is fit for: classes
 * that are given are used.
 */
export function taskOf(
  scene: AnnotatedScene,
  { task }: SceneFlags,
  model: Pick<ScenePredictor, 'task'>,
): SceneTask {
  if (task !== undefined && model.task !== undefined && task !== model.task)
    throw badInput(
      'task-unsupported',
      `--task ${task}: this model was trained for ${model.task}; omit it, or fit one with --task ${task}`,
    )
  return task ?? model.task ?? (scene.classes === undefined ? 'sgcls' : 'predcls')
}

/** Refuses flags that mean nothing for the kind of model at hand. */
export function refuseFlags(
  flags: { readonly [name: string]: unknown },
  names: readonly string[],
  whose: string,
): void {
  const given = names.find((name) => flags[name] !== undefined)
  if (given === undefined) return
  throw badInput('flag-unused', `${flagName(given)} applies to ${whose}; omit it`)
}

/** Flags that mean something for some formats only. */
const onlyFor: readonly (readonly [flag: string, formats: readonly SceneFormat[]])[] = [
  ['split', ['vg150']],
  ['integerBoxes', ['vg150']],
  ['classes', ['visual-genome', 'gqa']],
  ['predicates', ['visual-genome', 'gqa']],
  ['without', ['gqa']],
]

/**
 * Refuses flags that have no effect for the format of the data.
 */
export function refuseUnused(
  format: SceneFormat,
  flags: { readonly [name: string]: unknown },
): void {
  for (const [flag, formats] of onlyFor)
    if (!formats.includes(format))
      refuseFlags(flags, [flag], `${formats.join(' and ')}, not ${format}`)
}

/** Those that only scenes have. */
export const onlyScenes = ['task', 'split', 'integerBoxes', 'pictures', 'inclusive'] as const
