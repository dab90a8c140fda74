import { expect, it } from 'vitest'
import { pretty, publishedSchema } from '../../test/published-schema.js'

it('is the one that the parser uses, as a file', async () => {
  await expect(pretty(publishedSchema())).toMatchFileSnapshot('./result.schema.json')
})

it('is the one that the parser uses, as a module', async () => {
  const text = JSON.stringify(JSON.stringify(publishedSchema()).replaceAll("'", '’'))
  const literal = `'${text.slice(1, -1).replaceAll('\\"', '"')}'`
  const module = `// Written by \`npm run renew\` from schema.ts: do not edit.

/**
 * The JSON Schema (draft 7) of result documents; also the file './result.schema.json' of the
 * package.
 */
export const resultJsonSchema: { readonly [key: string]: unknown } = JSON.parse(
  ${literal},
) as { readonly [key: string]: unknown }
`
  await expect(module).toMatchFileSnapshot('./result-json-schema.ts')
})
