import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname
const quick = join(here, '../../packages/experiments/quick/gaussian-escape.json.gz')

/** The page that shows how the element is used, with a document of the quick preset. */
const example: Plugin = {
  name: 'example',
  generateBundle() {
    const emit = (fileName: string, source: string | Uint8Array) => {
      this.emitFile({ type: 'asset', fileName, source })
    }
    for (const [name, file] of [
      ['index.html', 'example.html'],
      ['example.css', 'example.css'],
    ] as const)
      emit(name, readFileSync(join(here, 'src/element', file)))
    if (existsSync(quick)) emit('escape.json', gunzipSync(readFileSync(quick)))
  },
}

/** `<nonconvex-figure>` as one script, in a folder of its own beside the viewer. */
export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [example],
  build: {
    target: 'es2022',
    outDir: 'dist/embed',
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: { output: { minify: true } },
    lib: {
      entry: join(here, 'src/element/nonconvex-figure.ts'),
      formats: ['es'],
      fileName: () => 'nonconvex-figure.js',
    },
  },
})
