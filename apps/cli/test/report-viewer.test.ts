import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { experiments, type Result } from '@nonconvex/experiments'
import { expect, it } from 'vitest'
import { viewerLink } from '../src/report/viewer.js'
import { cli, scratch } from './harness.js'

/** A folder that looks like the built viewer. */
function built(...scripts: readonly string[]): string {
  const folder = scratch()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<h1>viewer</h1>')
  for (const name of scripts) writeFileSync(join(folder, 'assets', name), 'export {}')
  return folder
}

it('a report has the viewer beside it, links to it, and is accepted', async () => {
  const out = join(scratch(), 'report')
  const line = ['reproduce', '--only', 'demo/halving', '--out', out]
  const reproduce = (viewer: string) => cli([...line, '--viewer'], { viewer })
  expect(await reproduce(built('page-A_1.js', 'old.js'))).toMatchObject({ status: 0 })
  const page = readFileSync(join(out, 'index.html'), 'utf8')
  const links = [...page.matchAll(/class="interactive" href="([^"#]+)#([^"]+)"/g)]
  expect(links.length).toBe(page.match(/<figure>/g)?.length)
  for (const [, file = ''] of links) expect(existsSync(join(out, file))).toBe(true)
  expect(await cli(['verify', out, '--strict'])).toMatchObject({ status: 0 })
  writeFileSync(join(out, 'index.html'), page.replace('&amp;seed=1', '&amp;seed=2'))
  expect(await cli(['verify', out])).toMatchObject({ status: 1 })

  // files of an earlier build go
  expect(await reproduce(built('page-B.js'))).toMatchObject({ status: 0 })
  const there = (name: string) => existsSync(join(out, 'viewer', 'assets', name))
  expect(['page-A_1.js', 'old.js', 'page-B.js'].map(there)).toEqual([false, false, true])

  // and all of it with a report that has none
  expect(await cli(line)).toMatchObject({ status: 0 })
  expect(there('page-B.js')).toBe(false)
  expect(readFileSync(join(out, 'index.html'), 'utf8')).not.toContain('viewer')
})

it('is refused before anything is run where the viewer is not built', async () => {
  const out = join(scratch(), 'report')
  expect(await cli(['reproduce', '--viewer', '--out', out])).toMatchObject({
    status: 2,
    codes: ['viewer-missing'],
  })
  expect(existsSync(out)).toBe(false)
})

it('a link has the parameters of both presets of every experiment', () => {
  for (const experiment of experiments)
    for (const preset of Object.values(experiment.presets)) {
      const params = experiment.params.parse({ ...preset })
      const result: Pick<Result, 'experiment' | 'params' | 'seed'> = {
        experiment: experiment.id,
        params,
        seed: 7,
      }
      const [, query = ''] = viewerLink(result).split('?')
      const { seed, ...texts } = Object.fromEntries(new URLSearchParams(query))
      expect([seed, experiment.params.parse(texts)]).toEqual(['7', params])
    }
})
