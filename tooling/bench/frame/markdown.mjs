import { machineLine } from './machine.mjs'
import { readableRatio, readableTime } from './text.mjs'

const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`

const heading = (cells) => [row(cells), row(cells.map(() => '---'))]

/** Ours first in each task; a task that failed says why in place of its times. */
const taskRows = ({ title, rows, failure }) =>
  failure === undefined
    ? rows.map(({ label, ms, ratio, note }, i) =>
        row([
          i === 0 ? title : '',
          note ? `${label} (${note})` : label,
          readableTime(ms),
          i === 0 ? '1' : readableRatio(ratio),
        ]),
      )
    : [row([title, `failed: ${failure.split('\n')[0]}`, '', ''])]

/**
 * The document of a run as Markdown: machine, what was measured beside, and a table for each bench.
 */
export function markdownLines({ machine, rivals, missing, benches }) {
  const beside = Object.entries(rivals).map(([name, versions]) => `${name} ${versions.join(', ')}`)
  const absent = Object.keys(missing)
  return [
    `${machineLine(machine)}.`,
    ...(beside.length > 0 ? [`Beside ${beside.join('; ')}.`] : []),
    ...(absent.length > 0 ? [`Not there: ${absent.join('; ')}.`] : []),
    ...benches.flatMap(({ name, about, tasks, tables }) => [
      '',
      `### ${name}: ${about}`,
      '',
      ...heading(['task', 'who', 'time', 'ratio to ours']),
      ...tasks.flatMap(taskRows),
      ...tables.flatMap(({ title, columns, rows }) => [
        '',
        `${title[0].toUpperCase()}${title.slice(1)}.`,
        '',
        ...heading(columns),
        ...rows.map(row),
      ]),
    ]),
  ]
}
