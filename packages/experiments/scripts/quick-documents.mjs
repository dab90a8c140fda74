// Writes quick/: the document of every experiment's quick preset, seed 1, as the present sources
// compute it. The viewer's pages open with them, and the tests of the golden digests need not compute
// them again.
import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { gunzipSync, gzipSync } from 'node:zlib'
import { experiments, findExperiment, resultText, runExperiment } from '../dist/index.js'
import { sourcesDigest } from './sources-digest.mjs'

const golden = JSON.parse(readFileSync(new URL('../test/golden.json', import.meta.url), 'utf8'))
const folder = new URL('../quick/', import.meta.url)
const nameOf = (id) => `${id.replaceAll('/', '-')}.json.gz`
const read = (id) => {
  const file = new URL(nameOf(id), folder)
  return existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file))) : undefined
}

async function run(id) {
  const experiment = findExperiment(id)
  const result = await runExperiment(experiment, { params: experiment.presets.quick, seed: 1 })
  if (result.digest !== golden[id])
    process.stderr.write(`${id}: the digest ${result.digest} is not the golden one\n`)
  // the times of the cells are of no use on a page
  const document = { ...result, timings: { total: result.timings.total, cells: {} } }
  writeFileSync(new URL(nameOf(id), folder), gzipSync(resultText(document), { level: 9 }))
}

/** Runs the experiments in as many processes as there are cores, each taking the next one. */
async function runAll(ids) {
  const waiting = [...ids]
  const failed = new Error('an experiment could not be run; its error is above')
  const worker = () =>
    new Promise((resolve, reject) => {
      const child = fork(import.meta.filename, ['--next'])
      const next = () => (waiting.length > 0 ? child.send(waiting.shift()) : child.disconnect())
      child.on('message', next)
      child.on('exit', (code) => (code === 0 ? resolve() : reject(failed)))
      next()
    })
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), ids.length) }, worker))
}

if (process.argv[2] === '--next') {
  process.on('message', async (id) => {
    await run(id)
    process.send('done')
  })
} else {
  mkdirSync(folder, { recursive: true })
  const made = new URL('made.json', folder)
  const sources = sourcesDigest()
  const before = existsSync(made) ? JSON.parse(readFileSync(made, 'utf8')) : {}
  // a document with the golden digest is kept where only texts or other experiments changed: the page
  // shows the same; `made` says which sources computed it
  const found = new Map(experiments.map(({ id }) => [id, read(id)]))
  const old = new Set(
    [...found.keys()].filter(
      (id) => before[id] === undefined || found.get(id)?.digest !== golden[id],
    ),
  )
  await runAll([...old])
  const list = {}
  const after = {}
  for (const [id, kept] of found) {
    const { digest, verdicts } = old.has(id) ? read(id) : kept
    list[id] = { digest: digest.slice(0, 12), statuses: verdicts.map(({ status }) => status) }
    after[id] = old.has(id) ? sources : before[id]
  }
  writeFileSync(new URL('list.json', folder), `${JSON.stringify(list)}\n`)
  writeFileSync(made, `${JSON.stringify(after)}\n`)
  const kept = new Set(['list.json', 'made.json', ...experiments.map(({ id }) => nameOf(id))])
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(new URL(name, folder))
}
