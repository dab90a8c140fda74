// Loaded with --import: one module is changed while it is loaded, so that no file on disk is touched.
// What standard error says of it is read by mutants.mjs.
import { register } from 'node:module'

const { file, from, to } = JSON.parse(process.env.MUTANT)
const hooks = `
import { writeSync } from 'node:fs'
export async function load(url, context, next) {
  const loaded = await next(url, context)
  if (!url.endsWith(${JSON.stringify(`/packages/${file}`)})) return loaded
  const parts = String(loaded.source).split(${JSON.stringify(from)})
  if (parts.length !== 2) throw new Error('MUTANT found ' + (parts.length - 1) + ' times')
  writeSync(2, 'MUTANT applied\\n')
  return { ...loaded, source: parts.join(${JSON.stringify(to)}) }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
