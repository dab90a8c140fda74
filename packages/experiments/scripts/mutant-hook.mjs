// Loaded with --import: modules are changed while they are loaded, so that no file on disk is touched.
// What standard error says of it is read by mutants.mjs.
import { register } from 'node:module'

const { edits } = JSON.parse(process.env.MUTANT)
const hooks = `
import { writeSync } from 'node:fs'
export async function load(url, context, next) {
  const loaded = await next(url, context)
  let source
  for (const { file, from, to } of ${JSON.stringify(edits)}) {
    if (!url.endsWith('/packages/' + file)) continue
    const parts = (source ?? String(loaded.source)).split(from)
    if (parts.length !== 2) throw new Error('MUTANT found ' + (parts.length - 1) + ' times: ' + from)
    writeSync(2, 'MUTANT applied\\n')
    source = parts.join(to)
  }
  return source === undefined ? loaded : { ...loaded, source }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
