import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import subsetFont from 'subset-font'
import { defineConfig, type Plugin } from 'vite'

/** KaTeX names each font three times; every browser that runs this page reads woff2. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!/katex(\.min)?\.css/.test(id)) return undefined
    return { code: code.replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, ''), map: null }
  },
}

/**
 * The page's faces with the characters that its programs and documents have, and the weights that
 * its style sheets name. Formulas have their own faces, which stay whole but for the largest one: of
 * it they use the letters of \mathbb only, which a test of the formulas says.
 */
const usedCharactersOnly: Plugin = {
  name: 'used-characters-only',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_, bundle) {
    const files = Object.values(bundle)
    const scripts = files.map((file) =>
      file.type === 'chunk' && !file.name.includes('katex') ? file.code : '',
    )
    const quick = join(import.meta.dirname, '../../packages/experiments/quick')
    // without these documents the pages compute their results
    const documents = (existsSync(quick) ? readdirSync(quick) : [])
      .filter((name) => name.endsWith('.gz'))
      .map((name) => gunzipSync(readFileSync(join(quick, name))).toString())
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i))
    const text = [...new Set([...ascii, ...[...scripts, ...documents].join('')])].join('')
    for (const file of files) {
      if (file.type !== 'asset' || typeof file.source === 'string') continue
      if (file.fileName.includes('KaTeX_AMS')) {
        const letters = ascii.filter((sign) => /[A-Za-z]/.test(sign)).join('')
        file.source = await subsetFont(Buffer.from(file.source), letters, { targetFormat: 'woff2' })
        continue
      }
      const serif = /source-serif.*\.woff2$/.test(file.fileName)
      if (!serif && !/source-sans.*\.woff2$/.test(file.fileName)) continue
      file.source = await subsetFont(Buffer.from(file.source), text, {
        targetFormat: 'woff2',
        variationAxes: { wght: { min: 400, max: 700 }, ...(serif && { opsz: 20 }) },
      })
    }
  },
}

/** The worker that keeps the page's files, with their names. */
const keptOffline: Plugin = {
  name: 'kept-offline',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const files = ['index.html', 'favicon.svg', ...Object.keys(bundle)]
    const names = [...new Set(files)].filter((name) => !name.endsWith('.map')).sort()
    const hash = createHash('sha256').update(JSON.stringify(names))
    for (const name of names) {
      const file = bundle[name]
      if (file?.type === 'asset') hash.update(file.source)
    }
    const built = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files: names })
    const source = readFileSync(join(import.meta.dirname, 'src/offline/service-worker.js'), 'utf8')
    this.emitFile({
      type: 'asset',
      fileName: 'service-worker.js',
      source: source.replace("'BUILT'", () => built),
    })
  },
}

/** While developing, styles are put in by script, which the page's policy refuses. */
const policyInBuildOnly: Plugin = {
  name: 'policy-in-build-only',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

/**
 * The page's thread lists experiments and makes their forms; what measures and concludes is for its
 * workers alone.
 */
const noWorkOnThePage: Plugin = {
  name: 'no-work-on-the-page',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer) =>
    /^\.\/[^/]+\/work\.js$/.test(source) && importer?.includes('/experiments/dist/')
      ? '\0no-work'
      : undefined,
  load: (id) =>
    id === '\0no-work' ? "throw new Error('experiments work in workers only')" : undefined,
}

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses: the built folder works from any path of any static host.
  base: './',
  plugins: [woff2Only, usedCharactersOnly, keptOffline, policyInBuildOnly, noWorkOnThePage],
  // Without 'es' a worker is one file and what it loads lazily becomes part of it.
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        chunkFileNames: 'assets/work-[hash].js',
        // Shared files import each other in circles: without this a module may run before one that
        // it needs.
        strictExecutionOrder: true,
        // What several experiments share comes in few files: an experiment's work is at most nine,
        // not twenty.
        codeSplitting: {
          groups: [
            { name: 'engine', tags: ['$initial'] },
            {
              name: 'shared',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 60_000,
            },
          ],
        },
      },
    },
  },
  build: {
    target: 'es2022',
    // The page's content security policy has no `data:` for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the first painting needs has one name, whatever else is loaded later shares it.
            { name: 'page', tags: ['$initial'] },
            // A page that draws by itself takes the figures' colors without what draws the
            // figures.
            { name: 'theme', test: /experiments\/dist\/figure\/theme\.js$/ },
            // What figures and interactive pages share comes in one file.
            { name: 'drawing', test: /structured\/dist\/drawing\// },
          ],
        },
      },
    },
  },
})
