import type { Host } from '../host.js'
import { openModel, type EvaluateFlags } from '../models/kinds.js'
import type { Terminal } from '../terminal/terminal.js'

/** `nonconvex evaluate MODEL DATA`: how well a model does on labelled examples. */
export async function evaluate(
  host: Host,
  terminal: Terminal,
  path: string,
  data: string,
  flags: EvaluateFlags,
): Promise<number> {
  const { model, kind } = openModel(path)
  return kind.evaluate(host, terminal, model, data, flags)
}
