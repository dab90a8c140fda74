/** The formats of files of examples. */
export const dataFormats = ['csv', 'tsv', 'svmlight', 'idx'] as const
export type DataFormat = (typeof dataFormats)[number]

const byEnding: readonly [RegExp, DataFormat][] = [
  [/\.csv(\.gz)?$/i, 'csv'],
  [/\.(tsv|tab)(\.gz)?$/i, 'tsv'],
  [/\.(svm|svmlight|libsvm)(\.gz)?$/i, 'svmlight'],
  [/(idx[13]-ubyte|\.idx)(\.gz)?$/i, 'idx'],
]

/**
 * The format that the name of a file says; undefined if it says none.
 *
 * @example
 * import { formatByName } from '@nonconvex/overparam/tabular'
 * console.log(formatByName('iris.csv.gz'), formatByName('a1a')) // → csv undefined
 */
export const formatByName = (name: string): DataFormat | undefined =>
  byEnding.find(([ending]) => ending.test(name))?.[1]

/** A line of an svmlight file: a label, then feature:value. */
const sparseLine = /^\s*[+-]?[\w.]+(\s+(\d+|qid):\S+)+\s*(#.*)?$/

/**
 * The format of a text by its first line that is neither blank nor a comment.
 *
 * @param head - the beginning of the text, with that line
 *
 * @example
 * import { formatByText } from '@nonconvex/overparam/tabular'
 * console.log(formatByText('+1 1:0.5 3:2'), formatByText('a,b,label')) // → svmlight csv
 */
export function formatByText(head: string): DataFormat {
  if (head.startsWith('\0\0')) return 'idx'
  const line = head.split('\n').find((each) => each.trim() !== '' && !each.startsWith('#'))
  return line !== undefined && sparseLine.test(line.trimEnd()) ? 'svmlight' : 'csv'
}
