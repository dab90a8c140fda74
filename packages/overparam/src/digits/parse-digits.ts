import { crc32 } from './crc32.js'
import { DigitsError } from './digits-error.js'

/**
 * Handwritten digits: images of 28 × 28 bytes, their labels, and the number of images of each
 * class.
 */
export interface Digits {
  /** row-major, one image of 784 bytes (0 background, 255 ink) after the other */
  readonly images: Uint8Array
  /** 0–9, one for each image */
  readonly labels: Uint8Array
  /** number of images of each class */
  readonly counts: readonly number[]
}

/** The number of rows and of columns of an image. */
export const SIDE = 28
export const PIXELS: number = SIDE * SIDE
const HEADER = 56
const remedy = 'install @nonconvex/overparam again, or run its build in a clone'

/**
 * Reads the packed digits: "NCDIGIT1", pixels, ten counts, CRC-32, images (little-endian, 56 bytes
 * of header).
 *
 * @throws DigitsError naming the fault (too short, another format, sizes, checksum) and the remedy
 */
export function parseDigits(bytes: Uint8Array): Digits {
  if (bytes.length < HEADER)
    throw new DigitsError(
      `parseDigits: expected a header of ${HEADER} bytes, got ${bytes.length}; ${remedy}`,
    )
  const magic = String.fromCharCode(...bytes.subarray(0, 8))
  if (magic !== 'NCDIGIT1')
    throw new DigitsError(
      `parseDigits: expected a file that starts with NCDIGIT1, got ${JSON.stringify(magic)}; ${remedy}`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pixels = view.getUint32(8, true)
  if (pixels !== PIXELS)
    throw new DigitsError(
      `parseDigits: expected ${PIXELS} pixels per image, got ${pixels}; ${remedy}`,
    )
  const counts = Array.from({ length: 10 }, (_, digit) => view.getUint32(12 + 4 * digit, true))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const images = bytes.subarray(HEADER)
  if (images.length !== total * PIXELS)
    throw new DigitsError(
      `parseDigits: expected ${total * PIXELS} bytes of images, got ${images.length}; the file is truncated: ${remedy}`,
    )
  const [expected, found] = [view.getUint32(52, true), crc32(images)]
  if (expected !== found)
    throw new DigitsError(
      `parseDigits: expected checksum ${expected}, got ${found}; the file is corrupt: ${remedy}`,
    )
  const labels = new Uint8Array(total)
  counts.reduce((start, count, digit) => {
    labels.fill(digit, start, start + count)
    return start + count
  }, 0)
  return { images, labels, counts }
}
