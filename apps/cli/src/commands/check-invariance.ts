import type { CheckInvarianceFlags } from '../command-line/data-commands.js'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { badInput, exit, interrupted } from '../exit.js'
import type { Host } from '../host.js'
import { checkInProcess } from '../invariance/check-in-process.js'
import { firstBytes } from '../input/open-bytes.js'
import { marks } from '../terminal/verdicts.js'
import type { Terminal } from '../terminal/terminal.js'
import { printed } from '../text/printed.js'
import { formatNumber } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import { plainGraph } from '../invariance/user-labelling.js'
import type { InvarianceFound, ModelTrouble } from '../work/invariance-worker.js'

/**
 * `nonconvex check-invariance MODEL.mjs`: whether a user's function of graphs depends on the order
 * of the nodes. Status 1 if a counterexample was found.
 */
export async function checkInvariance(
  { stderr, signal }: Host,
  terminal: Terminal,
  path: string,
  flags: CheckInvarianceFlags,
): Promise<number> {
  const { nodes, edges, sizes, trials, tol, exact = false, seed, outputs, timeout } = flags
  if (!sizes.some((n) => n > 1))
    throw badInput(
      'flag-value',
      `--sizes ${sizes.join(',')}: expected a size above 1, as a single node has one order; as in --sizes 1,2,3`,
    )
  // a missing file gives the usual message
  await firstBytes(path, 1)
  const mode = exact ? 'exact' : 'float'
  const options = {
    sizes,
    trials,
    tol,
    mode,
    seed,
    outputs,
    shape: { d: nodes, e: edges },
  } as const
  const reply = await checkInProcess(
    {
      url: pathToFileURL(resolve(path)).href,
      ...(flags.export !== undefined && { name: flags.export }),
      options,
    },
    { stderr, signal, timeout },
  )
  if (reply === 'interrupted')
    throw interrupted('interrupted while checking; no violation found so far')
  if ('fault' in reply) throw troubleWith(path, reply.fault)
  const { name, report, calls } = reply
  if (flags.json) {
    const asked = { nodes, edges, sizes, trials, ...(exact ? {} : { tol }), exact, seed, outputs }
    terminal.json(JSON.stringify(documentOf(path, name, asked, report), nameless, 2))
  } else printReport(terminal, `${path}, export ${name}`, report)
  if (calls.nan > 0)
    terminal.warn({
      code: 'labels-nan',
      text: `${formatNumber(calls.nan)} of ${counted(calls.all, 'call')} returned a NaN label; NaN equals NaN in this check and may hide a dependence on the order`,
    })
  return report.ok ? exit.done : exit.violated
}

/** What is wrong with the module, with the input on which its function failed. */
function troubleWith(path: string, { message, input, stack }: ModelTrouble): Error {
  const cause = stack === undefined ? undefined : Object.assign(new Error(message), { stack })
  const where = input === undefined ? '' : `\n  for the input\n${indented(input)}`
  return badInput('function-invalid', `${path}: ${message}${where}`, cause && { cause })
}

type Found = InvarianceFound['report']

function printReport({ print, style }: Terminal, subject: string, report: Found): void {
  const status = report.ok ? 'holds' : 'violated'
  print(printed`${style.status(status, `${marks[status]} ${status}`)}  ${style.strong(subject)}`)
  for (const line of report.statement.split('\n')) print(indented(line))
  if (report.ok)
    print(
      indented(
        `largest change of a label ${formatNumber(report.maxError, 2)}; this is evidence, not proof`,
      ),
    )
  else print(indented(`found on input ${formatNumber(report.trials)}, shrunk to minimal`))
}

/** The same as a document; lists are as the function gets them. */
function documentOf(path: string, name: string, options: Json, report: Found): Json {
  const head = { schema: 'nonconvex/invariance-check@1', model: path, export: name, options }
  const { ok, trials, statement } = report
  if (report.ok) return { ...head, ok, trials, maxError: report.maxError, statement }
  const { sigma, kind, index, left, right, error } = report.counterexample
  const input = plainGraph(report.counterexample)
  const counterexample = { ...input, sigma, kind, index, left, right, error }
  return { ...head, ok, trials, counterexample, statement }
}

type Json = { readonly [field: string]: unknown }

/** NaN and infinities, which JSON has no names for, as text. */
const nameless = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

const indented = (text: string): string => text.replace(/^/gm, '    ')
