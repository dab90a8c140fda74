// Many hostile cases, in two processes: node test/fuzz.mjs [--cases 10000] [--seed 1]
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
/** Seconds without a new case after which a process hangs: a case may take 10, the start more. */
const patience = 60
const parts = Math.min(2, availableParallelism())
const folder = mkdtempSync(join(tmpdir(), 'nonconvex-fuzz-progress-'))
const started = performance.now()

/** Runs one part of the cases; the number of the case it hangs in, if it does. */
function runPart(part) {
  const progress = join(folder, String(part))
  const child = spawn('pnpm', ['exec', 'vitest', 'run', 'test/fuzz.test.ts', '--reporter=dot'], {
    stdio: 'inherit',
    detached: true,
    env: {
      ...process.env,
      FUZZ_CASES: values.cases,
      FUZZ_SEED: values.seed,
      FUZZ_PART: `${part}/${parts}`,
      FUZZ_PROGRESS: progress,
    },
  })
  let last = ''
  let since = performance.now()
  const watch = setInterval(() => {
    let now = ''
    try {
      now = readFileSync(progress, 'utf8')
    } catch {
      // not begun
    }
    if (now !== last) {
      last = now
      since = performance.now()
    } else if (performance.now() - since > 1000 * patience) {
      console.error(`this case hangs: ${last}`)
      process.kill(-child.pid, 'SIGKILL')
    }
  }, 1000)
  return new Promise((resolve) => {
    child.on('close', (status) => {
      clearInterval(watch)
      resolve(status ?? 1)
    })
  })
}

const statuses = await Promise.all(Array.from({ length: parts }, (_, part) => runPart(part)))
rmSync(folder, { recursive: true, force: true })
const seconds = Math.round((performance.now() - started) / 1000)
const fine = statuses.every((status) => status === 0)
console.log(
  `${values.cases} cases of seed ${values.seed}, ${seconds} s: ${fine ? 'no fault' : 'faults'}`,
)
process.exitCode = fine ? 0 : 1
