// Runs the quick preset of every experiment, seed 1, from the build, and writes test/golden.json.
// A change in it is a change of numbers: a decision that a changeset explains.
import { readFileSync, writeFileSync } from 'node:fs'
import { experiments, runExperiment } from '../dist/index.js'

const file = new URL('../test/golden.json', import.meta.url)
const before = JSON.parse(readFileSync(file, 'utf8'))
const after = {}
for (const experiment of experiments) {
  const { id } = experiment
  const result = await runExperiment(experiment, { params: experiment.presets.quick, seed: 1 })
  after[id] = result.digest
  const change = before[id] === result.digest ? 'as before' : before[id] ? 'changed' : 'new'
  process.stderr.write(`${id}: ${change} (${result.timings.total.toFixed(1)} s)\n`)
}
writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`)
