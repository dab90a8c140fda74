import { csvOf, resultText, type Result } from '@nonconvex/experiments'
import { toPng, toSvg } from './draw.js'
import { fileName } from './out-folder.js'

/** A figure of a result as it was drawn, with its files. */
export interface DrawnFigure {
  readonly id: string
  readonly svg: string
  readonly svgName: string
  readonly pngName: string
}

/** The files of one result, by name, the document last: where it is, everything is. */
export interface ResultFiles {
  readonly files: ReadonlyMap<string, string | Uint8Array>
  readonly figures: readonly DrawnFigure[]
  /** CSV file of each table, in the order of `result.tables` */
  readonly tables: readonly string[]
}

export const resultName = 'result.json'

/** Draws the figures (SVG and PNG), prints the tables (CSV) and the document (JSON). */
export function resultFiles(result: Result): ResultFiles {
  const files = new Map<string, string | Uint8Array>()
  const figures = result.figures.map((figure) => {
    const svg = toSvg(figure)
    const [svgName, pngName] = ['svg', 'png'].map((kind) => `${fileName(figure.id)}.${kind}`)
    files.set(svgName, svg)
    files.set(pngName, toPng(svg))
    return { id: figure.id, svg, svgName, pngName }
  })
  const tables = result.tables.map((table) => {
    const name = `${fileName(table.id)}.csv`
    files.set(name, csvOf(table))
    return name
  })
  files.set(resultName, resultText(result))
  return { files, figures, tables }
}
