import { csvOf, resultText, type Result } from '@nonconvex/experiments'
import { toPng, toSvg } from './draw.js'
import { fileName } from './out-folder.js'
import { parquetOf } from './parquet.js'

export const resultName = 'result.json'

/**
 * The files of one result by name: figures (SVG and PNG), tables (CSV and Parquet) and the document
 * (JSON), which comes last: where it is, everything is.
 */
export function resultFiles(result: Result): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>()
  for (const figure of result.figures) {
    const svg = toSvg(figure)
    files.set(`${fileName(figure.id)}.svg`, svg)
    files.set(`${fileName(figure.id)}.png`, toPng(svg))
  }
  for (const table of result.tables) {
    files.set(`${fileName(table.id)}.csv`, csvOf(table))
    files.set(`${fileName(table.id)}.parquet`, parquetOf(table))
  }
  return files.set(resultName, resultText(result))
}
