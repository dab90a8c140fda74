import type { Experiment, Part } from '@nonconvex/experiments'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import { inlineTexToText } from '../text/tex.js'
import { printed } from '../text/printed.js'
import { pad, shortened, width, wrap } from '../text/wrap.js'
import { sourceText } from '../text/claims.js'
import { printTables } from '../terminal/print-tables.js'
import type { ListFlags } from '../command-line/experiment-commands.js'
import type { ShownTable } from '../text/prose.js'
import type { Terminal } from '../terminal/terminal.js'

/** The three parts in the order of the talk, with their headings. */
export const parts: readonly { readonly part: Part; readonly heading: string }[] = [
  { part: 'optimization', heading: 'Optimization' },
  { part: 'generalization', heading: 'Generalization' },
  { part: 'architecture', heading: 'Architecture' },
]

/** `nonconvex list`: every experiment by part. */
export function list(host: Host, terminal: Terminal, flags: ListFlags): number {
  const { experiments } = host
  if (flags.json || flags.format === 'json')
    terminal.json(JSON.stringify(listing(experiments), null, 2))
  else if (flags.format !== 'table') printTables([tableOf(experiments)], terminal, flags.format)
  else {
    const idWidth = Math.max(...experiments.map(({ id }) => width(id)), 0)
    for (const { part, heading } of parts) {
      const own = experiments.filter((experiment) => experiment.part === part)
      if (own.length === 0) continue
      terminal.print(terminal.style.strong(heading))
      for (const one of own) printExperiment(one, idWidth, terminal, flags.long ?? false)
      terminal.print()
    }
    terminal.hint(
      `${host.program} show <id> describes an experiment; ${host.program} run <id> runs it`,
    )
  }
  return exit.done
}

/** One line; in the long form the whole claim and its source. */
function printExperiment(
  { id, title, source }: Experiment,
  idWidth: number,
  { print, style, columns, lineColumns }: Terminal,
  long: boolean,
): void {
  const start = idWidth + 4
  const indent = ' '.repeat(start)
  const text = inlineTexToText(title)
  const [first = '', ...more] = long
    ? wrap(text, columns - start)
    : [shortened(text, lineColumns - start)]
  print(`  ${pad(id, idWidth)}  ${first}`)
  for (const line of more) print(indent + line)
  if (long)
    for (const line of wrap(sourceText(source), columns - start))
      print(printed`${indent}${style.soft(line)}`)
}

const tableOf = (experiments: readonly Experiment[]): ShownTable => ({
  id: 'experiments',
  title: 'Experiments',
  columns: ['id', 'part', 'claim', 'source'].map((name) => ({ name, title: name })),
  rows: experiments.map(({ id, part, title, source }) => [id, part, title, sourceText(source)]),
})

const listing = (experiments: readonly Experiment[]) => ({
  schema: 'nonconvex/list@1',
  experiments: experiments.map(({ id, part, name, title, source, expectedSeconds }) => ({
    id,
    part,
    name,
    title,
    source,
    expectedSeconds,
  })),
})
