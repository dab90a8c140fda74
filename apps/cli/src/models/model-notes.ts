import { shellWord } from '../command-line/declaration.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'

/** Hints where a fitted model is, and what can be done with it; with `json` only of one that was written. */
export function hintSaved(
  host: Host,
  terminal: Terminal,
  { out, json = false }: { readonly out?: string; readonly json?: boolean },
  what = 'the model',
): void {
  if (out === undefined && json) return
  terminal.hint(
    out === undefined
      ? `nothing was written; --out MODEL saves ${what}`
      : `written to ${out}; report: ${out}/index.html; use it with\n  ${host.program} predict ${shellWord(out)} DATA\n  ${host.program} evaluate ${shellWord(out)} DATA`,
  )
}

/**
 * Warns that scores are of the training data.
 *
 * @param file - the path of the data; undefined for those of `--test`
 */
export function warnTrainedOn(
  terminal: Terminal,
  what: 'examples' | 'sequences',
  file?: string,
): void {
  const trained =
    file === undefined
      ? '--test: the model was trained on this file'
      : `the model was trained on ${file}`
  terminal.warn({
    code: 'trained-on-test',
    text: `${trained}: these scores say nothing about new ${what}`,
  })
}
