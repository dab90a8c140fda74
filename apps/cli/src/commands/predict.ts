import type { Host } from '../host.js'
import { openModel, type PredictFlags } from '../models/kinds.js'
import type { Terminal } from '../terminal/terminal.js'

/** `nonconvex predict MODEL DATA`: what a model says of examples. */
export async function predict(
  host: Host,
  terminal: Terminal,
  path: string,
  data: string,
  flags: PredictFlags,
): Promise<number> {
  const { model, kind } = openModel(path)
  return kind.predict(host, terminal, model, data, flags)
}
