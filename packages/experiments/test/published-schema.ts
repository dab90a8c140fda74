import { toJsonSchema } from '@valibot/to-json-schema'
import { json, resultSchema, schemaName, table, verdict } from '../src/result/schema.js'
import { figure } from '../src/result/schema-figure.js'

/** The JSON Schema of result documents, made from the schema that the parser uses. */
export function publishedSchema(): { readonly [key: string]: unknown } {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://github.com/nonconvex/nonconvex/schemas/${schemaName}.json`,
    title: 'A result of nonconvex: one run of one experiment',
    ...toJsonSchema(resultSchema, {
      target: 'draft-07',
      typeMode: 'output',
      definitions: { json, verdict, table, figure },
      // JSON knows no infinity, but 1e999 reads as one: that is left to the parser
      // and a list is no object in JSON Schema anyway
      ignoreActions: ['finite', 'check'],
    }),
  }
}

/** JSON as the formatter writes it: lists that fit on a line stand on one. */
export function pretty(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(
    /( *)(.*)\[\n([^[\]{}]*?)\n\s*\]/g,
    (all, indent: string, key: string, items: string) => {
      const line = `${indent}${key}[${items.trim().split(/\n\s*/).join(' ')}]`
      return line.length < 100 ? line : all
    },
  )}\n`
}
