import { SceneDataError, shown } from './scene-data-error.js'

/** A data set of an HDF5 file: rows of numbers. */
export interface Hdf5Rows {
  readonly shape: readonly number[]
  /** the numbers of the rows from `from` to `to` (exclusive), row-major */
  readonly read: (from: number, to: number) => ArrayLike<number | bigint>
}

/** An open HDF5 file, independent of the library. */
export interface Hdf5Source {
  /** undefined if there is no data set of that name */
  readonly rows: (name: string) => Hdf5Rows | undefined
}

/** The part of the file interface of h5wasm that is used. */
export interface H5wasmFile {
  get(name: string): unknown
}

/**
 * A file opened by the library h5wasm, which reads in parts, for files of any size.
 *
 * @example
 * import { hdf5FromH5wasm } from '@nonconvex/structured/load'
 * // with the library: import h5wasm from 'h5wasm/node'; await h5wasm.ready; const file = new h5wasm.File(path, 'r')
 * const file = { get: (name: string) => name === 'split' ? { shape: [2], slice: () => Int32Array.of(0, 2) } : null }
 * console.log(hdf5FromH5wasm(file).rows('split')?.read(0, 2)) // → Int32Array(2) [ 0, 2 ]
 */
export function hdf5FromH5wasm(file: H5wasmFile): Hdf5Source {
  return {
    rows: (name) => {
      const found = file.get(name) as
        | { readonly shape?: unknown; slice?(ranges: readonly (readonly number[])[]): unknown }
        | null
        | undefined
      if (typeof found?.slice !== 'function' || !isShape(found.shape)) return undefined
      const { shape } = found
      return {
        shape,
        read: (from, to) =>
          from === to
            ? []
            : numeric(name, found.slice?.([[from, to], ...shape.slice(1).map(() => [])])),
      }
    },
  }
}

/** The part of the file interface of jsfive that is used. */
export interface JsfiveFile {
  readonly keys: readonly string[]
  get(name: string): unknown
}

/**
 * A file opened by the library jsfive, entirely in memory, for small files in a page.
 */
export function hdf5FromJsfive(file: JsfiveFile): Hdf5Source {
  return {
    rows: (name) => {
      if (!file.keys.includes(name)) return undefined
      const { shape, value } = file.get(name) as {
        readonly shape?: unknown
        readonly value?: unknown
      }
      if (!isShape(shape)) return undefined
      const numbers = Array.from(numeric(name, value))
      const width = shape.slice(1).reduce((product, each) => product * each, 1)
      return { shape, read: (from, to) => numbers.slice(from * width, to * width) }
    },
  }
}

const isShape = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.length > 0 && shape.every((x) => Number.isSafeInteger(x) && x >= 0)

function numeric(name: string, values: unknown): ArrayLike<number | bigint> {
  const list = values as ArrayLike<unknown> | null | undefined
  const first = list?.[0]
  if (
    typeof list === 'object' &&
    list !== null &&
    (list.length === 0 || typeof first === 'number' || typeof first === 'bigint')
  )
    return list as ArrayLike<number | bigint>
  throw new SceneDataError({}, `data set ${name}: expected numbers, got ${shown(values)}`)
}

/** Rows that are kept to be read again: a range of images mostly follows the one before. */
const BLOCK = 1 << 16

/** Rows of integers in parts; 64-bit integers are converted from BigInt to numbers. */
export function integerRows(
  name: string,
  { shape, read }: Hdf5Rows,
): { readonly count: number; readonly at: (row: number) => readonly number[] } {
  const [count] = shape
  const width = shape.slice(1).reduce((product, each) => product * each, 1)
  let [start, end] = [0, 0]
  let block: ArrayLike<number | bigint> = []
  return {
    count,
    at: (row) => {
      if (row < start || row >= end) {
        start = row
        end = Math.min(count, row + BLOCK)
        block = read(start, end)
        if (block.length !== (end - start) * width)
          throw new SceneDataError(
            {},
            `data set ${name}: expected ${(end - start) * width} numbers, got ${block.length}`,
          )
      }
      return Array.from({ length: width }, (_, j) => {
        const x = Number(block[(row - start) * width + j])
        if (Number.isSafeInteger(x)) return x
        throw new SceneDataError({}, `data set ${name}, row ${row}: expected an integer, got ${x}`)
      })
    },
  }
}
