import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a library's distribution is called by Debian and by pip. */
export const install = {
  numpy: 'apt-get install python3-numpy (or pip install numpy)',
  scipy: 'apt-get install python3-scipy (or pip install scipy)',
  torch: 'apt-get install python3-torch (or pip install torch)',
  python3: 'apt-get install python3',
}

/**
 * What Debian's NumPy and PyTorch rest on if nothing better is there: their products are then
 * slower by ten times and more.
 */
export const slowBlas = {
  name: 'reference BLAS',
  title: 'a fast BLAS (the reference one flatters us)',
  install: 'apt-get install libopenblas0-pthread',
}

const libraries = ['numpy', 'scipy', 'torch']

const probe = `
import importlib, json, sys
found = {"python3": sys.version.split()[0]}
for name in ${JSON.stringify(libraries)}:
    try:
        found[name] = importlib.import_module(name).__version__
    except Exception:
        pass
print(json.dumps(found))
`

/**
 * Interpreters worth a look, without repetition: NONCONVEX_PYTHON alone if it is set, else every
 * python3 on PATH, then those of the system, which often have what another one on PATH has not.
 */
export function candidates(env) {
  if (env.NONCONVEX_PYTHON) return [env.NONCONVEX_PYTHON]
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'python3'))
  const all = [...onPath, '/usr/bin/python3', '/usr/local/bin/python3', '/opt/homebrew/bin/python3']
  return [...new Set(all)].filter((path) => existsSync(path))
}

/** What can be imported there; undefined if it cannot be started. */
function look(command) {
  return new Promise((resolve) => {
    execFile(command, ['-c', probe], { timeout: 60_000 }, (error, out) => {
      if (error) resolve(undefined)
      else resolve({ command, versions: JSON.parse(out) })
    })
  })
}

/**
 * Every interpreter that starts, with the versions of what it can import.
 *
 * @returns list of { command, versions: { python3, numpy?, scipy?, torch? } }, in the order of the
 *   candidates
 */
export async function findPythons(commands) {
  const found = await Promise.all(commands.map(look))
  return found.filter((python) => python !== undefined)
}

/** The first interpreter that has all of `needs`; undefined if there is none. */
export const pythonWith = (pythons, needs) =>
  pythons.find(({ versions }) => needs.every((name) => name in versions))

/** Of `needs` what no interpreter has; all of them if each is somewhere but nowhere together. */
export function missingOf(pythons, needs) {
  const absent = needs.filter((name) => !pythons.some(({ versions }) => name in versions))
  return absent.length > 0 ? absent : needs
}
