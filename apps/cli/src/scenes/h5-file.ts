import { statSync } from 'node:fs'
import {
  hdf5FromH5wasm,
  SceneDataError,
  type H5wasmFile,
  type Hdf5Source,
} from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import { firstBytes, isGzip } from '../input/open-bytes.js'

/** What is used of the library h5wasm, which is not installed everywhere. */
interface H5wasm {
  readonly ready: Promise<{ activate_throwing_error_handler(): unknown }>
  readonly File: new (path: string, mode: 'r') => H5wasmFile & { close(): unknown }
}

const signature = '\x89HDF\r\n\x1a\n'

/** Opens an HDF5 file; the library that reads it is loaded now, and not before. */
export async function openH5(
  path: string,
): Promise<{ readonly source: Hdf5Source; readonly close: () => void }> {
  const head = await firstBytes(path, signature.length)
  if (String.fromCharCode(...head) !== signature)
    throw badInput(
      'hdf5-invalid',
      isGzip(head)
        ? `${path}: expected an HDF5 file, got a gzip file; unpack it with gunzip`
        : `${path}: expected an HDF5 file, got other first bytes; pass another --format`,
    )
  const library = await load(path)
  // without it the library prints what is wrong, and continues with invalid data
  const tools = await library.ready
  tools.activate_throwing_error_handler()
  const whole = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (error instanceof SceneDataError) throw error
      throw badInput(
        'hdf5-invalid',
        `${path}: expected a complete HDF5 file, got one of ${statSync(path).size} bytes that cannot be read; download it again`,
        { cause: error },
      )
    }
  }
  const file = whole(() => new library.File(path, 'r'))
  const { rows } = hdf5FromH5wasm(file)
  let open = true
  return {
    source: {
      rows: (name) => {
        const found = whole(() => rows(name))
        return (
          found && { shape: found.shape, read: (from, to) => whole(() => found.read(from, to)) }
        )
      },
    },
    close: () => {
      if (open) file.close()
      open = false
    },
  }
}

async function load(path: string): Promise<H5wasm> {
  try {
    return await import('h5wasm/node')
  } catch (error) {
    throw badInput(
      'hdf5-unavailable',
      `${path}: reading HDF5 needs h5wasm, which is not installed; npm install h5wasm`,
      { cause: error },
    )
  }
}
