// `pnpm mutants [WORD …]`: applies each false theorem of mutant-table.mjs whose file or change contains a
// word, runs the quick presets of its experiments, and expects a claim that does not hold (as one of a
// cell that fails). Ends with 1 if a mutant survives that is not explained, or one that is explained does
// not. `--jobs N`: so many at a time, 2 by default.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mutants } from './mutant-table.mjs'

const { values, positionals: words } = parseArgs({
  options: { jobs: { type: 'string', default: '2' } },
  allowPositionals: true,
})
const cli = fileURLToPath(new URL('../../../apps/cli/bin/nonconvex.js', import.meta.url))
const hook = new URL('mutant-hook.mjs', import.meta.url).href

const say = (text) => process.stdout.write(`${text}\n`)

const filesOf = ({ edits }) => [...new Set(edits.map(({ file }) => file))].join(', ')

/** The claims of a quick run that do not hold, with a mutant or without, and whether the run loaded it. */
function notHolding(id, mutant) {
  const args = [cli, 'run', id, '--preset', 'quick', '--json', '--quiet', '--workers', '1']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...(mutant ? ['--import', hook] : []), ...args], {
      env: { ...process.env, MUTANT: JSON.stringify(mutant ?? {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (text) => (out += text))
    child.stderr.on('data', (text) => (err += text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (err.includes('MUTANT found'))
        return reject(new Error(`${filesOf(mutant)}: ${err.match(/found \d+ times: .*/)?.[0]}`))
      if (out === '')
        return reject(
          new Error(`${mutant && filesOf(mutant)} ${id}: no document, status ${code}: ${err}`),
        )
      const claims = JSON.parse(out).verdicts.flatMap(({ claim, status }) =>
        status === 'holds' ? [] : [`${claim} ${status}`],
      )
      resolve({ claims, applied: err.includes('MUTANT applied') })
    })
  })
}

const usual = new Map()
/** The same without a mutant: a claim that does not hold anyway notices nothing. */
const usually = (id) => usual.get(id) ?? usual.set(id, notHolding(id)).get(id)

async function judge(mutant) {
  let loaded = false
  for (const id of mutant.ids) {
    const before = (await usually(id)).claims
    const { claims, applied } = await notHolding(id, mutant)
    loaded ||= applied
    const noticed = claims.filter((claim) => !before.includes(claim))
    if (noticed.length > 0) return { mutant, id, noticed }
  }
  // a module that moved leaves its built file, which nothing loads any more
  if (!loaded) throw new Error(`${filesOf(mutant)}: no run of ${mutant.ids.join(', ')} loads it`)
  return { mutant, noticed: [] }
}

const wanted = mutants.filter(
  ({ edits }) =>
    words.length === 0 ||
    words.some((word) =>
      edits.some(({ file, from, to }) => `${file} ${from} ${to}`.includes(word)),
    ),
)
const waiting = [...wanted]
const results = []
async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const result = await judge(next)
    results.push(result)
    const { edits, survives } = next
    const [first, ...more] = result.noticed
    const what = first
      ? `noticed by ${result.id}: ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`
      : `SURVIVES${survives ? `: ${survives}` : ''}`
    const changes = edits.map(({ from, to }) => `\n  ${from}  →  ${to}`)
    say(`${filesOf(next)}${changes.join('')}\n  ${what}`)
  }
}
await Promise.all(Array.from({ length: Number(values.jobs) }, work))

const survivors = results.filter(({ noticed }) => noticed.length === 0)
const wrong = results.filter(
  ({ mutant, noticed }) => (noticed.length === 0) !== (mutant.survives !== undefined),
)
say(
  `${results.length} mutants, ${results.length - survivors.length} noticed, ${survivors.length} survive, ${wrong.length} not as explained`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
