import { DigitsError } from './digits-error.js'

/** The images of an IDX file: one byte per pixel, row-major, one image after the other. */
export interface IdxImages {
  readonly count: number
  readonly rows: number
  readonly cols: number
  readonly pixels: Uint8Array
}

function header(name: string, bytes: Uint8Array, magic: number, words: number): number[] {
  if (bytes.length < 4 * words)
    throw new DigitsError(
      `${name}: expected a header of ${4 * words} bytes, got ${bytes.length}; fetch the file again`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = view.getUint32(0)
  if (found !== magic) {
    const hex = (n: number): string => `0x${n.toString(16).padStart(8, '0')}`
    const hint =
      found >>> 16 === 0x1f8b
        ? 'the file is compressed: pass it through gunzip first'
        : found === (magic ^ 0x2)
          ? 'the file of images and that of labels are swapped'
          : 'give a file of the MNIST kind'
    throw new DigitsError(
      `${name}: expected magic number ${hex(magic)}, got ${hex(found)}; ${hint}`,
    )
  }
  return Array.from({ length: words - 1 }, (_, i) => view.getUint32(4 * (i + 1)))
}

function body(name: string, bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (bytes.length - from !== length)
    throw new DigitsError(
      `${name}: expected ${length} bytes after the header, got ${bytes.length - from}; ${bytes.length - from < length ? 'the file is truncated: fetch it again' : 'the file has trailing bytes'}`,
    )
  return bytes.subarray(from)
}

/**
 * Parses images in the format of the MNIST files: 0x00000803, count, rows, columns (big-endian),
 * then bytes. Compressed files must be decompressed by `gunzip` first.
 *
 * @throws DigitsError naming the expected and the actual content
 */
export function parseIdxImages(bytes: Uint8Array): IdxImages {
  const [count, rows, cols] = header('parseIdxImages', bytes, 0x803, 4)
  return { count, rows, cols, pixels: body('parseIdxImages', bytes, 16, count * rows * cols) }
}

/**
 * Parses labels in the format of the MNIST files: 0x00000801, count (big-endian), then one byte for
 * each label.
 *
 * @throws DigitsError naming the expected and the actual content
 */
export function parseIdxLabels(bytes: Uint8Array): Uint8Array {
  const [count] = header('parseIdxLabels', bytes, 0x801, 2)
  return body('parseIdxLabels', bytes, 8, count)
}
