// Writes src/scenes/networks.safetensors, the networks that come with the page of scenes, trained from
// seed 1, and its digest: `node scripts/train-scenes.mjs`, about 20 s. Networks trained by the page
// itself, with Train, are the same up to the rounding of the file.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'

process.chdir(new URL('..', import.meta.url).pathname)
const load = async (path) =>
  (await runnerImport(path, { configFile: false, logLevel: 'error' })).module
const { shippedFile } = await load('./src/scenes/train-shipped.ts')
const { settingsOf } = await load('./src/scenes/settings.ts')
const bytes = shippedFile(settingsOf(1))
const digest = createHash('sha256').update(bytes).digest('hex')
writeFileSync('src/scenes/networks.safetensors', bytes)
writeFileSync(
  'src/scenes/networks.json',
  `${JSON.stringify({ bytes: bytes.length, sha256: digest })}\n`,
)
process.stdout.write(`${bytes.length} bytes, sha256 ${digest}\n`)
