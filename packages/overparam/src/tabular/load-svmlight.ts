import type { ClassChoice } from './classes.js'
import { SvmlightReader } from './svmlight-reader.js'
import { SparseTableBuilder, type DenseTable } from './table.js'

/**
 * Loads a data set from the text of an svmlight or LIBSVM file, `label feature:value …` with
 * features numbered from 1. The result is dense: at most 2^28 numbers; `SparseTableBuilder` keeps
 * large tables sparse.
 *
 * @param text - the whole file; `SvmlightReader` takes it in pieces
 * @param options - which labels count as positive; features: their number, default the largest
 *   index; larger indices are dropped
 * @throws DataError naming line and column
 *
 * @example
 * import { loadSvmlight } from '@nonconvex/overparam/tabular'
 * const { x, y } = loadSvmlight('+1 1:0.5 3:2\n-1 2:1 # the second\n')
 * console.log(x.data, y) // → Float64Array(6) [ 0.5, 0, 2, 0, 1, 0 ] Float64Array(2) [ 1, -1 ]
 */
export function loadSvmlight(
  text: string,
  options: ClassChoice & { readonly features?: number } = {},
): DenseTable {
  const builder = new SparseTableBuilder(options, options.features)
  const reader = new SvmlightReader((example) => builder.add(example))
  reader.push(text)
  reader.end()
  return builder.finish(reader.digits, 'dense')
}
