import { fileURLToPath } from 'node:url'
import { didYouMean, InputError } from '@nonconvex/experiments'
import { EngineError, startEngine } from '@nonconvex/tensor/engine'
import { Mismatch } from './agree.mjs'
import { compareVariants } from './compare.mjs'
import { machine, machineLine } from './machine.mjs'
import { candidates, findPythons, install, missingOf, pythonWith, slowBlas } from './pythons.mjs'
import { RivalProcess } from './python-rival.mjs'
import { tableLines, taskLines } from './text.mjs'

/** How a run of the benches ended, as the exit status of the program. */
export const status = { done: 0, mismatch: 1, usage: 2, unfinished: 3 }

/**
 * The benches to run: all of them without a name.
 *
 * @throws InputError, with the nearest name
 */
export function chosen(benches, name) {
  if (name === undefined) return benches
  const found = benches.filter((bench) => bench.name === name)
  if (found.length > 0) return found
  const names = benches.map((bench) => bench.name)
  throw new InputError(
    `unknown bench "${name}"${didYouMean(name, names)}; there are ${names.join(', ')}`,
  )
}

/** Whether a row does what performance asks of it: a ratio of a rival to us, or a time of ours. */
function decide({ label, atLeast, atMostMs }, rows) {
  const row = rows.find((each) => each.label === label)
  if (row === undefined) return undefined
  return atLeast === undefined
    ? { text: `${label}: at most ${atMostMs} ms`, met: row.ms <= atMostMs }
    : { text: `${label}: at least ${atLeast} × ours`, met: row.ratio >= atLeast }
}

/**
 * Runs benches, ours beside every rival that is installed, and prints as it goes.
 *
 * @param benches list of { name, about, run(context) }
 * @param print gets the lines of the result
 * @param hint gets what is being done
 * @param commands interpreters of Python to look at; by default those that are found
 * @returns the document, and the exit status: 1 if a result differed, 3 if a rival or a task failed
 */
export async function runBenches({
  benches,
  print,
  hint,
  env = process.env,
  commands = candidates(env),
}) {
  const document = {
    schema: 'nonconvex/bench@1',
    machine: machine(),
    rivals: {},
    missing: {},
    benches: [],
  }
  print(machineLine(document.machine))
  print('medians of interleaved repeats; every result was compared with ours before it was timed')
  const pythons = await findPythons(commands)
  const processes = []
  const closeAll = () => processes.splice(0).forEach((each) => each.close())
  process.once('exit', closeAll)
  let worst = status.done
  try {
    for (const bench of benches) {
      const entry = { name: bench.name, about: bench.about, tasks: [], tables: [] }
      document.benches.push(entry)
      print()
      print(`${bench.name}: ${bench.about}`)
      const fail = (title, error) => {
        const mismatch = error instanceof Mismatch
        const failure = mismatch ? `the results differ. ${error.message}` : error.message
        entry.tasks.push({ title, failure })
        taskLines({ title, failure }).forEach(print)
        // a wrong number is worse news than one that did not come
        worst = mismatch ? status.mismatch : worst === status.done ? status.unfinished : worst
      }
      try {
        await bench.run(contextOf({ document, entry, pythons, processes, print, hint, fail }))
      } catch (error) {
        fail(bench.name, error)
      }
      closeAll()
    }
    rivalLines(document.rivals).forEach(print)
    missingLines(document.missing).forEach(print)
    return { document, status: worst }
  } finally {
    closeAll()
    process.off('exit', closeAll)
  }
}

/** What a bench has to work with. */
function contextOf({ document, entry, pythons, processes, print, hint, fail }) {
  const context = {
    cores: document.machine.cores,
    hint,

    /**
     * A rival's program that needs these libraries; undefined, and noted, if they are not
     * installed.
     */
    python(script, needs) {
      const python = pythonWith(pythons, needs)
      if (python === undefined) {
        const names = pythons.length === 0 ? ['python3'] : missingOf(pythons, needs)
        for (const name of names) document.missing[name] = install[name]
        return undefined
      }
      for (const name of ['python3', ...needs]) {
        const versions = (document.rivals[name] ??= [])
        const said = `${python.versions[name]} (${python.command})`
        if (!versions.includes(said)) versions.push(said)
      }
      const path = fileURLToPath(new URL(`../rivals/${script}`, import.meta.url))
      const onBlas = (name) => {
        if (name === slowBlas.name) document.missing[slowBlas.title] = slowBlas.install
      }
      const rival = new RivalProcess(python.command, ['-uB', path], { onBlas })
      processes.push(rival)
      return rival
    },

    /** tfjs on a backend, started; undefined, and noted, if it is not installed. */
    async tfjs(backend) {
      try {
        const engine = await startEngine({ backend })
        document.rivals.tfjs = [engine.tf.version.tfjs]
        return engine
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
        document.missing.tfjs = 'npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm'
        return undefined
      }
    },

    /** Measures one task; variants that are undefined (a rival that is missing) are left out. */
    async task({ title, variants, tolerances, goals = [] }) {
      hint(`measuring: ${title}`)
      try {
        const rows = await compareVariants(
          variants.filter((variant) => variant !== undefined),
          tolerances,
        )
        const decided = goals.map((goal) => decide(goal, rows)).filter((goal) => goal !== undefined)
        entry.tasks.push({ title, rows, goals: decided })
        taskLines({ title, rows, goals: decided }).forEach(print)
        return rows
      } catch (error) {
        fail(title, error)
        return undefined
      }
    },

    /** A table that belongs to the result: how a cost grows, what memory is used. */
    table(title, columns, rows) {
      entry.tables.push({ title, columns, rows })
      tableLines({ title, columns, rows }).forEach(print)
    },
  }
  return context
}

const rivalLines = (rivals) =>
  Object.entries(rivals).flatMap(([name, versions], i) => [
    ...(i === 0 ? ['', 'measured beside:'] : []),
    `  ${name} ${versions.join(', ')}`,
  ])

const missingLines = (missing) =>
  Object.entries(missing).flatMap(([name, how], i) => [
    ...(i === 0 ? ['', 'not measured, because not installed:'] : []),
    `  ${name}: ${how}`,
  ])
