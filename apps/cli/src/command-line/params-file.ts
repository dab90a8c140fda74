import { InputError } from '@nonconvex/experiments'
import { isMap, isScalar, LineCounter, parseDocument, visit, type ErrorCode, type Node } from 'yaml'
import { badInput } from '../exit.js'
import { systemFault } from '../files/faults.js'
import { wholeFile } from '../input/open-bytes.js'

/** What the parser says of texts that people often write, in our words. */
const faults: { readonly [code in ErrorCode]?: string } = {
  DUPLICATE_KEY: 'the same name twice',
  TAB_AS_INDENT: 'a tab as indentation; write spaces',
  MISSING_CHAR: 'a text without its closing sign, or a name without a colon',
}

/** People type parameters: more bytes are another file. */
const largest = 1_000_000

/** Parameters from a file. */
export interface ParamsFile {
  /** values by name, as the file has them */
  readonly values: { readonly [name: string]: unknown }
  /** an error about parameters, with the lines of those that come from the file, and not from `others` */
  readonly placed: (error: unknown, others: { readonly [name: string]: unknown }) => unknown
}

async function textOf(path: string, signal: AbortSignal): Promise<string> {
  try {
    const { bytes } = await wholeFile(path, signal, largest)
    if (bytes.length <= largest) return bytes.toString('utf8')
  } catch (error) {
    throw systemFault('read', path, error)
  }
  throw badInput(
    'params-invalid',
    `${path}: expected a file of parameters of at most ${largest} bytes, got more`,
  )
}

/**
 * Reads parameters from JSON or YAML (1.2): a name and its value each, as in `k: 5`.
 *
 * @throws Stop with file, line and column where it is neither
 */
export async function readParams(path: string, signal: AbortSignal): Promise<ParamsFile> {
  const text = await textOf(path, signal)
  const lines = new LineCounter()
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}, line ${line}, column ${col}`
  }
  const refuse = (offset: number, got: string, cause?: Error): Error =>
    badInput(
      'params-invalid',
      `${at(offset)}: expected JSON or YAML with a name and a value each, as in k: 5; got ${got}`,
      { cause },
    )
  // no prettyErrors: they repeat the line of the file
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [wrong] = document.errors
  if (wrong !== undefined) {
    // the parser overflows the stack at a few thousand levels
    const deep = /call stack/i.test(wrong.message)
    const got = deep
      ? 'lists or objects nested too deeply'
      : (faults[wrong.code] ?? 'text that is neither')
    throw refuse(wrong.pos[0], got, wrong)
  }
  // one may stand for a value many times the size of the file
  visit(document, {
    Alias: (_, { range }) => {
      throw refuse(range?.[0] ?? 0, 'an alias')
    },
  })
  const { contents } = document
  if (!isMap<Node, Node | null>(contents))
    throw refuse(0, contents === null ? 'nothing' : 'a value without a name')
  const offsets = new Map<string, number>()
  const values = contents.items.map(({ key, value }) => {
    const [offset = 0] = key.range ?? []
    if (!isScalar(key)) throw refuse(offset, 'a name that is a list or an object')
    const name = String(key.value)
    offsets.set(name, offset)
    return [name, value?.toJS(document) as unknown] as const
  })
  return {
    values: Object.fromEntries(values),
    placed: (error, others) => {
      if (!(error instanceof InputError)) return error
      const message = error.issues.map((issue) => {
        const { where } = issue
        const offset = Object.hasOwn(others, where) ? undefined : offsets.get(where)
        return offset === undefined ? issue.message : `${at(offset)}: ${issue.message}`
      })
      return badInput(error.code, message.join('\n'), { cause: error })
    },
  }
}
