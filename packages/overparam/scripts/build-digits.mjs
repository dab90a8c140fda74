/**
 * Packs the 10,000 MNIST digits of the development dependency `mnist` (MIT, Juan Cazala) into one
 * file:
 *
 *   bytes 0–7    "NCDIGIT1"
 *   8–11         pixels per digit, 784           (all numbers little-endian, unsigned 32 bits)
 *   12–51        ten counts, digits 0 to 9
 *   52–55        CRC-32 of the rest
 *   56–          the images class after class, one byte round(255 v) a pixel
 *
 * compressed with gzip. The same input gives the same bytes; nothing is done when the file is up to
 * date.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const PIXELS = 784
const HEADER = 56
const script = fileURLToPath(import.meta.url)
const target = join(dirname(script), '..', 'dist', 'digits', 'digits.bin.gz')

/** CRC-32 (IEEE 802.3) of some bytes. */
function crc32(bytes) {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  let crc = 0xffffffff
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** One class as bytes, from its JSON file of values in [0, 1]. */
function readClass(file) {
  const { data } = JSON.parse(readFileSync(file, 'utf8'))
  if (!Array.isArray(data) || data.length === 0 || data.length % PIXELS !== 0)
    throw new Error(
      `build-digits: expected a multiple of ${PIXELS} values in ${file}, got ${data?.length}`,
    )
  return Uint8Array.from(data, (value) => Math.round(255 * value))
}

function build(folder) {
  const classes = Array.from({ length: 10 }, (_, digit) => readClass(join(folder, `${digit}.json`)))
  const images = Buffer.concat(classes)
  const header = Buffer.alloc(HEADER)
  header.write('NCDIGIT1', 0, 'latin1')
  header.writeUInt32LE(PIXELS, 8)
  classes.forEach((bytes, digit) => header.writeUInt32LE(bytes.length / PIXELS, 12 + 4 * digit))
  header.writeUInt32LE(crc32(images), 52)
  return gzipSync(Buffer.concat([header, images]), { level: 9 })
}

const folder = join(dirname(createRequire(script).resolve('mnist/package.json')), 'src', 'digits')
const upToDate =
  existsSync(target) &&
  statSync(target).size > 1e6 &&
  [script, join(folder, '9.json')].every(
    (file) => statSync(file).mtimeMs <= statSync(target).mtimeMs,
  )
if (!upToDate) {
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(`${target}.${process.pid}`, build(folder))
  renameSync(`${target}.${process.pid}`, target)
}
