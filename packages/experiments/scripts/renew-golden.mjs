// Runs the quick preset of every experiment, seed 1, from the build, and writes test/golden.json;
// `renew-golden.mjs ID …` runs those whose id begins so. Rows that the README's table of experiments
// lacks are added to it.
// A change in it is a change of numbers: a decision that a changeset explains.
import { readFileSync, writeFileSync } from 'node:fs'
import { experiments, runExperiment } from '../dist/index.js'

const file = new URL('../test/golden.json', import.meta.url)
const before = JSON.parse(readFileSync(file, 'utf8'))
const wanted = process.argv.slice(2)
const after = {}
for (const experiment of experiments) {
  const { id } = experiment
  if (wanted.length > 0 && !wanted.some((start) => id.startsWith(start))) {
    if (before[id]) after[id] = before[id]
    continue
  }
  const result = await runExperiment(experiment, { params: experiment.presets.quick, seed: 1 })
  after[id] = result.digest
  const change = before[id] === result.digest ? 'as before' : before[id] ? 'changed' : 'new'
  process.stderr.write(`${id}: ${change} (${result.timings.total.toFixed(1)} s)\n`)
}
writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`)

const readme = new URL('../../../README.md', import.meta.url)
const lines = readFileSync(readme, 'utf8').split('\n')
const lineOf = (id) => lines.findIndex((line) => line.includes(`| \`${id}\` `))
for (const [i, { id, title }] of experiments.entries())
  if (lineOf(id) < 0) {
    const [first, ...rest] = title
    const row = `|  | \`${id}\` | ${first.toLowerCase()}${rest.join('')} |`
    lines.splice(lineOf(experiments[i - 1].id) + 1, 0, row)
    process.stderr.write(`README.md: a row for ${id}; run oxfmt on it\n`)
  }
writeFileSync(readme, lines.join('\n'))
