import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('../bench.mjs', import.meta.url))

/** The program as a user starts it, where no Python is to be found. */
function start(...args: string[]) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, NONCONVEX_PYTHON: '/nowhere/python3' },
    })
    const written = { out: '', err: '' }
    child.stdout.on('data', (text) => (written.out += String(text)))
    child.stderr.on('data', (text) => (written.err += String(text)))
    child.on('error', reject).on('close', (code) => resolve({ code, ...written }))
  })
}

it('prints one document with --json, also without any rival', async () => {
  const { code, out, err } = await start('certificates', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    schema: 'nonconvex/bench@1',
    rivals: {},
    missing: { python3: expect.stringContaining('apt-get install') },
    benches: [{ name: 'certificates', tasks: [{ rows: [{ ratio: 1 }] }] }],
  })
  expect(err).toContain('measuring: ')
})

it('refuses a flag that it does not know, and two names', async () => {
  const usage = { code: 2, out: '', err: 'usage: node bench.mjs [name] [--json] [--quiet]\n' }
  expect(await start('--jsn')).toEqual(usage)
  expect(await start('overlap', 'layer')).toEqual(usage)
})
