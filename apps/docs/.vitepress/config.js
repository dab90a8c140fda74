import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitepress'

const here = join(import.meta.dirname, '..')

/** The decision files by number, titled by their own first line. */
const decisions = readdirSync(join(here, 'decisions'))
  .filter((file) => /^\d+.*\.md$/.test(file))
  .sort()
  .map((file) => ({
    text: readFileSync(join(here, 'decisions', file), 'utf8')
      .split('\n')[0]
      .replace(/^# /, ''),
    link: `/decisions/${file.replace(/\.md$/, '')}`,
  }))

const packages = ['tensor', 'optim', 'gaussian-theory', 'overparam', 'structured', 'experiments']
const reference = packages
  .filter((name) => existsSync(join(here, 'reference', '@nonconvex', name)))
  .map((name) => ({ text: name, link: `/reference/@nonconvex/${name}/` }))

export default defineConfig({
  title: 'nonconvex',
  description: 'Theorems about gradient descent, certified on the actual run',
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    nav: [
      { text: 'Command line', link: '/command-line' },
      { text: 'Python', link: '/python' },
      { text: 'Benchmarks', link: '/benchmarks' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Decisions', link: '/decisions/README' },
    ],
    sidebar: [
      { text: 'Reference', items: reference },
      { text: 'Decisions', items: decisions },
    ],
    search: { provider: 'local' },
  },
})
