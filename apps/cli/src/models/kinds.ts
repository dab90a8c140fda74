import type { Host } from '../host.js'
import type { SceneFlags } from '../scenes/scene-flags.js'
import type { Terminal } from '../terminal/terminal.js'
import { forKind, readModel, type LoadedModel } from './model-folder.js'
import { evaluateSeparable } from './separable-evaluate.js'
import { predictSeparable } from './separable-predict.js'
import { separableKind } from './separable-document.js'
import { scenesKind } from './scenes-document.js'
import { evaluateScenesModel } from './scenes-evaluate.js'
import { predictScenes } from './scenes-predict.js'

export interface PredictFlags extends SceneFlags {
  readonly pictures?: string
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

export interface EvaluateFlags extends SceneFlags {
  readonly inclusive?: boolean
  readonly label?: string
  readonly labels?: string
  readonly delta: number
  readonly json?: boolean
}

/** What a kind of model can do with data of its kind. */
export interface ModelKind {
  readonly predict: (
    host: Host,
    terminal: Terminal,
    model: LoadedModel,
    data: string,
    flags: PredictFlags,
  ) => Promise<number>
  readonly evaluate: (
    host: Host,
    terminal: Terminal,
    model: LoadedModel,
    data: string,
    flags: EvaluateFlags,
  ) => Promise<number>
}

const kinds: ReadonlyMap<string, ModelKind> = new Map([
  [separableKind, { predict: predictSeparable, evaluate: evaluateSeparable }],
  [scenesKind, { predict: predictScenes, evaluate: evaluateScenesModel }],
])

/** A model folder and what its kind can do. */
export function openModel(path: string): { readonly model: LoadedModel; readonly kind: ModelKind } {
  const model = readModel(path)
  return { model, kind: forKind(path, model.kind, kinds) }
}
