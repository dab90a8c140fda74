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

/** While developing, styles are put in by script, which the page's policy refuses. */
const policyInBuildOnly: Plugin = {
  name: 'policy-in-build-only',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses: the built folder works from any path of any static host.
  base: './',
  plugins: [woff2Only, policyInBuildOnly],
  // Without 'es' a worker is one file and what it loads lazily becomes part of it.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The page's content security policy has no `data:` for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
