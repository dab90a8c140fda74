// Writes quick/: the document of every experiment's quick preset, seed 1, which its page shows when
// it opens, and its verdicts' statuses with its digest, which the list of theorems shows. A document with the
// golden digest is what the present code computes, as the tests of the golden digests establish; so
// only an experiment whose digest has changed runs again.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { experiments, resultText, runExperiment } from '@nonconvex/experiments'

const golden = JSON.parse(
  readFileSync(new URL('../../../packages/experiments/test/golden.json', import.meta.url), 'utf8'),
)
const folder = new URL('../quick/', import.meta.url)
mkdirSync(folder, { recursive: true })

const list = {}
const files = new Set(['list.json'])
for (const experiment of experiments) {
  const { id } = experiment
  const name = `${id.replaceAll('/', '-')}.json.gz`
  const file = new URL(name, folder)
  files.add(name)
  let result = existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file))) : undefined
  if (result?.digest !== golden[id]) {
    const run = await runExperiment(experiment, { params: experiment.presets.quick, seed: 1 })
    if (run.digest !== golden[id])
      process.stderr.write(`${id}: the digest ${run.digest} is not the golden one\n`)
    // the times of the cells are of no use on the page
    result = { ...run, timings: { total: run.timings.total, cells: {} } }
    writeFileSync(file, gzipSync(resultText(result), { level: 9 }))
  }
  const { digest, verdicts } = result
  list[id] = { digest: digest.slice(0, 12), statuses: verdicts.map(({ status }) => status) }
}
writeFileSync(new URL('list.json', folder), `${JSON.stringify(list)}\n`)
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(new URL(name, folder))
