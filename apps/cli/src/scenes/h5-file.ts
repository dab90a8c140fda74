import { hdf5FromH5wasm, type H5wasmFile, type Hdf5Source } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import { fileFault } from '../files/faults.js'
import { firstBytes } from '../input/open-bytes.js'

/** What is used of the library h5wasm, which is not installed everywhere. */
interface H5wasm {
  readonly ready: Promise<unknown>
  readonly File: new (path: string, mode: 'r') => H5wasmFile & { close(): unknown }
}

/** Opens an HDF5 file; the library that reads it is loaded now, and not before. */
export async function openH5(
  path: string,
): Promise<{ readonly source: Hdf5Source; readonly close: () => void }> {
  const head = await firstBytes(path, 4)
  if (String.fromCharCode(...head.subarray(1, 4)) !== 'HDF')
    throw badInput(
      `${path}: expected an HDF5 file, got one that begins otherwise; --format says what it is`,
    )
  let library: H5wasm
  try {
    library = await import('h5wasm/node')
  } catch (error) {
    throw badInput(
      `${path}: HDF5 files are read by h5wasm, which is not installed; npm install h5wasm`,
      {
        cause: error,
      },
    )
  }
  // the library listens for faults of the whole process; those are ours to report
  await library.ready
  try {
    const file = new library.File(path, 'r')
    return { source: hdf5FromH5wasm(file), close: () => void file.close() }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw fileFault('read', path, error)
    throw badInput(
      `${path}: expected a whole HDF5 file, got one that does not open; fetch it again`,
      {
        cause: error,
      },
    )
  }
}
