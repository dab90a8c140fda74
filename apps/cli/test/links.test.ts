import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

const markerOf = (out: string) => join(out, '.nonconvex', 'folder.json')

/** An output folder, and beside it files of somebody else, all of which must stay as they are. */
function setting() {
  const home = scratch()
  const out = join(home, 'out')
  const victim = join(home, 'victim')
  mkdirSync(victim)
  for (const name of ['precious.txt', 'result.json', 'demo-halving.ndjson', '0', 'folder.json'])
    writeFileSync(join(victim, name), name)
  const seen = () =>
    readdirSync(victim).map((name) => [name, readFileSync(join(victim, name), 'utf8')])
  const before = seen()
  return {
    out,
    victim,
    run: (...more: string[]) => cli(['run', 'demo/halving', '--out', out, ...more]),
    reproduce: (...more: string[]) => cli(['reproduce', '--out', out, ...more]),
    untouched: () => expect(seen()).toEqual(before),
    /** adds to the files that the folder's marker lists */
    list: (...names: string[]) => {
      const marker = JSON.parse(readFileSync(markerOf(out), 'utf8')) as { files: string[] }
      writeFileSync(
        markerOf(out),
        JSON.stringify({ ...marker, files: [...marker.files, ...names] }),
      )
    },
    /** puts a link to the victim, or to a file of it, in the place of `name` */
    link: (name: string, to = '') => {
      const path = join(out, name)
      mkdirSync(dirname(path), { recursive: true })
      if (existsSync(path)) renameSync(path, `${path}.old`)
      symlinkSync(join(victim, to), path)
    },
  }
}

describe('a link inside an output folder', () => {
  it('is not followed to a file that the marker lists', async () => {
    const { out, reproduce, list, link, untouched } = setting()
    await reproduce()
    link('sub')
    link('results/sub')
    list('sub/precious.txt', 'results/sub/result.json', '.', 'results', '../victim/result.json')
    expect(await reproduce()).toMatchObject({ status: 2, codes: ['file-expected'] })
    expect(await reproduce('--force')).toMatchObject({ status: 2, codes: ['file-expected'] })
    untouched()
    renameSync(join(out, 'results/sub'), join(out, 'elsewhere'))
    expect(await reproduce()).toMatchObject({ status: 0, codes: [] })
    untouched()
  })

  it.each([
    ['.nonconvex', ''],
    ['.nonconvex/rows', ''],
    ['.nonconvex/next', ''],
    ['.nonconvex/folder.json', 'folder.json'],
    ['.nonconvex/rows/demo-halving.ndjson', 'demo-halving.ndjson'],
    ['result.json', 'result.json'],
    ['steps.csv', 'new.csv'],
  ])('in the place of %s is refused, with --force, too', async (name, to) => {
    const { out, run, link, untouched } = setting()
    mkdirSync(out)
    link(name, to)
    for (const more of [['--force'], ['--force', '--resume'], []]) {
      expect((await run(...more)).status).toBe(2)
      expect(lstatSync(join(out, name)).isSymbolicLink()).toBe(true)
      untouched()
    }
  })

  it.each(['results', 'results/demo', 'results/demo/halving', 'index.html'])(
    'in the place of %s is refused before a report is made again',
    async (name) => {
      const { reproduce, link, untouched } = setting()
      await reproduce()
      link(name, name === 'index.html' ? 'result.json' : '')
      for (const more of [[], ['--force']])
        expect(await reproduce(...more)).toMatchObject({ status: 2, codes: ['file-expected'] })
      untouched()
    },
  )

  it.each(['.nonconvex/next', '.nonconvex/next/0', 'model.json', 'index.html'])(
    'in the place of %s is refused before a model is trained',
    async (name) => {
      const { out, link, untouched } = setting()
      mkdirSync(out)
      link(name, name.endsWith('next') ? '' : 'result.json')
      // the data are not even looked for
      for (const kind of ['separable', 'scenes']) {
        const refused = await cli(['fit', kind, 'nowhere', '--out', out, '--force'])
        expect(refused).toMatchObject({ status: 2, codes: ['file-expected'] })
        untouched()
      }
    },
  )

  it('may name the folder itself', async () => {
    const { out, run } = setting()
    mkdirSync(`${out}-real`)
    symlinkSync(`${out}-real`, out)
    expect(await run()).toMatchObject({ status: 0 })
    expect(existsSync(join(`${out}-real`, 'result.json'))).toBe(true)
  })
})

it('removes only what it has written: regular files by their names', async () => {
  const { out, run, list } = setting()
  const foreign = ['notes.ndjson.txt', 'rows.md']
  mkdirSync(join(out, '.nonconvex/rows/mine'), { recursive: true })
  mkdirSync(join(out, '.nonconvex/next'))
  for (const name of foreign) writeFileSync(join(out, '.nonconvex/rows', name), name)
  writeFileSync(join(out, '.nonconvex/next/thesis.txt'), 'mine')
  writeFileSync(join(out, 'thesis.txt'), 'mine')
  expect(await run('--force')).toMatchObject({ status: 0 })
  list('thesis.txt', '.nonconvex/rows/rows.md', 'gone.csv')
  mkdirSync(join(out, 'gone.csv'))
  expect(await run('--force', '--seed', '2')).toMatchObject({ status: 2 })
  renameSync(join(out, 'gone.csv'), join(out, 'kept'))
  expect(await run('--force', '--seed', '2')).toMatchObject({ status: 0 })
  expect(readdirSync(join(out, '.nonconvex/rows')).sort()).toEqual(['mine', ...foreign])
  expect(readdirSync(join(out, '.nonconvex/next'))).toEqual(['thesis.txt'])
  expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('mine')
})
