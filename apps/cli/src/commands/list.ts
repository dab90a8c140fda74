import type { Experiment, Part } from '@nonconvex/experiments'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import { inlineTexToText } from '../text/tex.js'
import { printed } from '../text/printed.js'
import { pad, width, wrap } from '../text/wrap.js'
import { sourceText } from '../text/claims.js'
import type { Terminal } from '../terminal/terminal.js'

/** The three parts in the order of the talk, with their headings. */
export const parts: readonly { readonly part: Part; readonly heading: string }[] = [
  { part: 'optimisation', heading: 'Optimization' },
  { part: 'generalisation', heading: 'Generalization' },
  { part: 'architecture', heading: 'Architecture' },
]

/** `nonconvex list`: every experiment by part. */
export function list(host: Host, terminal: Terminal, flags: { readonly json?: boolean }): number {
  if (flags.json) {
    terminal.json(JSON.stringify(listing(host.experiments), null, 2))
    return exit.done
  }
  const idWidth = Math.max(...host.experiments.map(({ id }) => width(id)), 0)
  const room = terminal.columns - idWidth - 4
  const indent = ' '.repeat(idWidth + 4)
  for (const { part, heading } of parts) {
    const own = host.experiments.filter((experiment) => experiment.part === part)
    if (own.length === 0) continue
    terminal.print(terminal.style.strong(heading))
    for (const { id, title, source } of own) {
      const [first = '', ...more] = wrap(inlineTexToText(title), room)
      terminal.print(`  ${pad(id, idWidth)}  ${first}`)
      for (const line of more) terminal.print(indent + line)
      for (const line of wrap(sourceText(source), room))
        terminal.print(printed`${indent}${terminal.style.soft(line)}`)
    }
    terminal.print()
  }
  terminal.hint(`${host.program} show <id> describes one; ${host.program} run <id> runs it`)
  return exit.done
}

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
