import type { MeasuredTask } from './tasks.js'
import { frequencyPredictor, seenIn, type FrequencyTable } from '@nonconvex/structured/baselines'
import type { ScenePredictor } from '@nonconvex/structured/recall'
import type { AnnotatedScene } from '@nonconvex/structured/load'
import { imageKey, sameNames, type OpenedScenes, type ImagesRead } from './open-scenes.js'
import { truthOf } from './print-scores.js'
import type { SceneFlags } from '../command-line/data-commands.js'
import { taskOf } from './scene-flags.js'
import { sceneScores, type NamedScores } from './scene-scores.js'

/** Predictors side by side, and the rules by which they are measured. */
export interface Comparison {
  readonly table: FrequencyTable
  readonly inclusive: boolean
  readonly predictors: readonly { readonly name?: string; readonly predictor: ScenePredictor }[]
}

/**
 * A network and the frequency baseline that it improves; the baseline alone where there is no
 * network.
 */
export function comparedWithFrequency(
  table: FrequencyTable,
  network: ScenePredictor | undefined,
  name: string,
  without?: FrequencyTable,
): Comparison['predictors'] {
  const predictor = frequencyPredictor(table, without)
  return network
    ? [
        { name, predictor: network },
        { name: 'frequency', predictor },
      ]
    : [{ predictor }]
}

/** Measures predictors on scenes that come one after the other. */
export function comparison({ table, inclusive, predictors }: Comparison): {
  readonly add: (scene: AnnotatedScene, flags: SceneFlags) => Promise<void>
  readonly result: () => readonly NamedScores[]
  /** which tasks were asked of the scenes so far */
  readonly tasks: () => readonly MeasuredTask[]
} {
  const predicates = table.predicates.length - 1
  const all = predictors.map((each) => ({
    ...each,
    scores: sceneScores({ predicates, inclusive, seen: seenIn(table) }),
  }))
  const tasks = new Set<MeasuredTask>()
  return {
    tasks: () => [...tasks].sort(),
    add: async (scene, flags) => {
      const truth = truthOf(scene)
      // all answer the same question
      const task = taskOf(scene, flags, all[0].predictor)
      tasks.add(task)
      for (const { predictor, scores } of all)
        scores.add({
          truth,
          prediction: await predictor.predict(scene, task),
        })
    },
    result: () =>
      all.map(({ name, scores }) => ({
        ...(name !== undefined && { name }),
        scores: scores.result(),
      })),
  }
}

/** Test images that are training images, too. */
export interface SharedImages {
  readonly count: number
  /** id of the first of them */
  readonly first: string
}

/** Recalls on a whole file. */
export interface Compared {
  readonly scores: readonly NamedScores[]
  readonly tasks: readonly MeasuredTask[]
  /** whether the last pixel of a box counted */
  readonly inclusive: boolean
  readonly read: ImagesRead
  /** images among the training images, and the id of the first; none without such an image */
  readonly shared?: SharedImages
}

/** The same on a whole file. */
export async function compareOn(
  path: string,
  scenes: OpenedScenes,
  compared: Omit<Comparison, 'inclusive'> & {
    readonly data: string
    /** of the training images */
    readonly keys: ReadonlySet<string>
  },
  flags: SceneFlags & { readonly inclusive?: boolean },
): Promise<Compared> {
  try {
    sameNames(path, scenes.header, compared.table, compared.data)
    const inclusive = flags.inclusive ?? scenes.inclusive
    const measured = comparison({ ...compared, inclusive })
    let shared: SharedImages | undefined
    await scenes.each((scene) => {
      if (compared.keys.has(imageKey(scene)))
        shared = { count: (shared?.count ?? 0) + 1, first: shared?.first ?? String(scene.id) }
      return measured.add(scene, flags)
    })
    return {
      scores: measured.result(),
      tasks: measured.tasks(),
      inclusive,
      read: { sha256: scenes.digest(), part: scenes.part },
      ...(shared && { shared }),
    }
  } finally {
    scenes.close()
  }
}
