import type { PredictFlags } from '../command-line/data-commands.js'
import type { Host } from '../host.js'
import { forKind, readModel } from '../models/model-folder.js'
import { multilabelKind } from '../models/multilabel-document.js'
import { scenesKind } from '../models/scenes-document.js'
import { oneVsRestKind } from '../models/one-vs-rest-document.js'
import { separableKind } from '../models/separable-document.js'
import { sequencesKind } from '../models/sequences-document.js'
import type { Terminal } from '../terminal/terminal.js'
import { predictMultilabel } from './predict-multilabel.js'
import { predictScenes } from './predict-scenes.js'
import { predictSeparable } from './predict-separable.js'
import { predictSequences } from './predict-sequences.js'

const kinds = new Map([
  [separableKind, predictSeparable],
  [oneVsRestKind, predictSeparable],
  [scenesKind, predictScenes],
  [multilabelKind, predictMultilabel],
  [sequencesKind, predictSequences],
])

/** `nonconvex predict MODEL DATA`: predictions of a model, by its kind. */
export function predict(
  host: Host,
  terminal: Terminal,
  path: string,
  data: string,
  flags: PredictFlags,
): Promise<number> {
  const model = readModel(path)
  return forKind(path, model.kind, kinds)(host, terminal, model, data, flags)
}
