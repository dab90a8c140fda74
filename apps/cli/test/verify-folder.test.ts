import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { experiments, resultDigest, resultText, type Result } from '@nonconvex/experiments'
import { beforeEach, describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

const verify = (path: string) => cli(['verify', path])

/** Changes one byte in the middle of a file. */
function flip(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] ^= 1
  writeFileSync(path, bytes)
}

describe('verify of a result folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = join(scratch(), 'out')
    await cli(['run', 'demo/halving', '--out', folder])
  })

  it('accepts it as run wrote it, and files that are not ours beside it', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'mine')
    expect(await cli(['verify', folder, '--strict'])).toMatchObject({ status: 0 })
  })

  for (const name of ['halving.svg', 'halving.png', 'steps.csv']) {
    it(`rejects it if ${name} was edited, and names the file`, async () => {
      flip(join(folder, name))
      const { status, out } = await verify(folder)
      expect(out).toMatch(/^✘ rejected {2}demo\/halving/)
      expect(out).toContain(`${name}: this file differs`)
      expect(status).toBe(1)
    })

    it(`rejects it if ${name} is missing`, async () => {
      rmSync(join(folder, name))
      const { status, out } = await verify(folder)
      expect(out).toContain(`${name}: this file is missing`)
      expect(status).toBe(1)
    })
  }

  it('finds other whitespace in the document', async () => {
    const path = join(folder, 'result.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"seed": 1', '"seed":  1'))
    const { status, out } = await verify(folder)
    expect(out).toContain('result.json: this file differs')
    expect(status).toBe(1)
  })

  it('compares no pixels of another machine type, and says so', async () => {
    const path = join(folder, 'result.json')
    const result = JSON.parse(readFileSync(path, 'utf8')) as Result
    const versions = { ...result.versions, machine: 'another' }
    writeFileSync(path, resultText({ ...result, versions }))
    flip(join(folder, 'halving.png'))
    const { status, out } = await verify(folder)
    expect(out).toMatch(/note: PNG [^\n]*"another"/)
    expect(status).toBe(0)
    expect(await cli(['verify', folder, '--strict'])).toMatchObject({ status: 1, out })
  })

  it('checks the document alone where a document is given, and says so', async () => {
    flip(join(folder, 'steps.csv'))
    const document = join(folder, 'result.json')
    const { status, out } = await verify(document)
    expect(out).toMatch(/note: only the document was checked/)
    expect(status).toBe(0)
    expect(await cli(['verify', document, '--strict'])).toMatchObject({ status: 1, out })
  })

  it('checks a document by itself as one, and with the least sign of a folder all files', async () => {
    const alone = join(scratch(), 'result.json')
    writeFileSync(alone, (await cli(['run', 'demo/halving', '--json'])).out)
    const { status, out } = await verify(dirname(alone))
    expect(out).toMatch(/^✔ accepted[^\n]*\n {4}note: only the document was checked[^\n]*\n$/)
    expect(status).toBe(0)
    writeFileSync(join(alone, '..', 'halving.svg'), 'forged')
    expect((await verify(dirname(alone))).out).toMatch(/✘ rejected[^]*halving\.svg: /)
    for (const name of ['halving.svg', 'halving.png', 'steps.csv', 'steps.parquet'])
      rmSync(join(folder, name))
    expect((await verify(folder)).out).toMatch(/✘ rejected[^]*steps\.csv: this file is missing/)
  })

  it('checks the files beside a document that is a link', async () => {
    const other = join(folder, 'a', 'other')
    mkdirSync(other, { recursive: true })
    symlinkSync('../../result.json', join(other, 'result.json'))
    writeFileSync(join(other, 'halving.svg'), 'forged')
    const { status, out } = await verify(folder)
    expect(out).toMatch(/✘ rejected[^\n]*other[^]*halving\.svg: [^]*✔ accepted/)
    expect(status).toBe(1)
  })

  it('checks each model below the folder, too', async () => {
    const data = join(folder, 'rows.csv')
    writeFileSync(data, 'a,b,label\n1,2,x\n2,1,x\n-1,-2,y\n-2,-1,y\n')
    const [good, forged] = [join(folder, 'm', 'good'), join(folder, 'm', 'forged')]
    for (const model of [good, forged]) {
      const fitted = await cli(['fit', 'separable', data, '--k', '2', '--out', model])
      expect(fitted.status).toBe(0)
    }
    const all = await cli(['verify', folder, '--strict'])
    expect(all.out.match(/✔ accepted {2}(demo\/halving|separable model)/g)).toHaveLength(3)
    expect(all.status).toBe(0)
    appendFileSync(join(forged, 'index.html'), 'x')
    // names that look like ours, and a document of another program, hide nothing
    const hidden = join(folder, '.nonconvex-models', 'forged')
    const other = join(folder, '.nonconvex', 'x')
    cpSync(forged, hidden, { recursive: true })
    cpSync(forged, other, { recursive: true })
    mkdirSync(join(folder, 'tfjs'))
    writeFileSync(join(folder, 'tfjs', 'model.json'), '{"modelTopology":{},"weightsManifest":[]}')
    const { out, status } = await verify(folder)
    for (const each of [hidden, other])
      expect(out).toContain(`✘ rejected  separable model  ${each}`)
    expect(out).toMatch(/✘ rejected {2}model {2}[^\n]*tfjs[^]*schema/)
    expect(status).toBe(1)
    expect((await verify(join(folder, 'tfjs'))).status).toBe(2)
    for (const above of [folder, join(folder, 'm')]) {
      const { status, out } = await verify(above)
      expect(out).toContain(`✔ accepted  separable model  ${good}`)
      expect(out).toContain(`✘ rejected  separable model  ${forged}`)
      expect(status).toBe(1)
    }
  })
})

it('rejects what lies among the proofs of a report and is not from its results', async () => {
  const report = join(scratch(), 'report')
  const only = ['--only', 'gaussian/hardness', '--out', report]
  await cli(['reproduce', ...only], { experiments })
  const check = () => cli(['verify', report], { experiments })
  expect(await check()).toMatchObject({ status: 0 })
  const proofs = join(report, 'results', 'gaussian', 'hardness', 'proofs')
  for (const name of ['forged.json', 'fractions.py']) {
    writeFileSync(join(proofs, name), '{}')
    const { status, out } = await check()
    expect(out).toContain(`proofs/${name}: `)
    expect(status).toBe(1)
    rmSync(join(proofs, name))
  }
  const stray = join(report, 'results', 'gaussian', 'other', 'proofs')
  mkdirSync(stray, { recursive: true })
  writeFileSync(join(stray, 'forged.json'), '{}')
  const { status, out } = await check()
  expect(out).toContain('results/gaussian/other/proofs/forged.json: ')
  expect(status).toBe(1)
})

describe('verify of a report', () => {
  let report: string
  const page = () => join(report, 'index.html')
  const edit = (from: string | RegExp, to: string) => {
    const text = readFileSync(page(), 'utf8')
    expect(text).toMatch(from)
    writeFileSync(page(), text.replace(from, to))
  }
  beforeEach(async () => {
    report = join(scratch(), 'report')
    await cli(['reproduce', '--out', report])
  })

  it('accepts it, says what of the page is not compared, and finds the report from above', async () => {
    const { status, out } = await verify(report)
    expect(out).toMatch(/✔ accepted {2}report {2}[^\n]*index\.html\n {4}scope: [^\n]*running time/)
    expect(status).toBe(0)
    expect((await verify(join(report, '..'))).out).toMatch(/✔ accepted {2}report/)
    edit(/<span data-timing>[^<]*</, '<span data-timing>1 h 5 min<')
    expect(await cli(['verify', report, '--strict'])).toMatchObject({ status: 0 })
  })

  it('judges its page by its own results, whatever lies around it', async () => {
    const beside = join(report, '..', 'result.json')
    const result = JSON.parse(
      readFileSync(join(report, 'results', 'demo', 'halving', 'result.json'), 'utf8'),
    ) as Result
    writeFileSync(beside, resultText({ ...result, digest: resultDigest({ ...result, seed: 2 }) }))
    const neighbor = await verify(join(report, '..'))
    expect(neighbor.out).toMatch(/✘ rejected {2}demo\/halving[^]*✔ accepted {2}report/)
    expect(neighbor.status).toBe(1)
    const own = join(report, 'results', 'demo', 'learning', 'result.json')
    for (const name of readdirSync(dirname(own)))
      if (name !== 'result.json') rmSync(join(dirname(own), name))
    const bare = await verify(report)
    expect(bare.out).toMatch(/✘ rejected {2}demo\/learning[^]*this file is missing/)
    expect(bare.out).toMatch(/index\.html: not compared/)
  })

  it('checks one result of it alone, and leaves the page out', async () => {
    edit(/7 steps/, '6 steps')
    const { status, out } = await verify(join(report, 'results', 'demo', 'halving'))
    expect(out).toMatch(/^✔ accepted {2}demo\/halving[^\n]*\n$/)
    expect(status).toBe(0)
  })

  for (const [what, from, to] of [
    ['a number on it', /7 steps/, '6 steps'],
    ['a status on it', />holds<\/span/, '>violated</span'],
    ['its seed', /seed 1, quick/, 'seed 2, quick'],
    ['words in place of its running time', /<span data-timing>[^<]*</, '<span data-timing>proved<'],
  ] as const)
    it(`rejects it if the page was edited: ${what}`, async () => {
      edit(from, to)
      const { status, out } = await verify(report)
      expect(out).toMatch(/✘ rejected {2}report[^\n]*\n {4}index\.html: /)
      expect(status).toBe(1)
    })

  it('rejects it if a file of a result was edited, or the page or a result is gone', async () => {
    const csv = join(report, 'results', 'demo', 'learning', 'steps.csv')
    const text = readFileSync(csv, 'utf8')
    appendFileSync(csv, 'i=3,1,0\r\n')
    expect((await verify(report)).out).toMatch(/rejected {2}demo\/learning[^\n]*\n {4}steps\.csv: /)
    writeFileSync(csv, text)
    rmSync(join(report, 'results', 'demo', 'learning'), { recursive: true })
    expect((await verify(report)).out).toMatch(/index\.html: /)
    rmSync(page())
    const { status, out } = await verify(report)
    expect(out).toContain('index.html: this file is missing')
    expect(status).toBe(1)
  })

  it('does not remake the page from a document that is rejected', async () => {
    const path = join(report, 'results', 'demo', 'halving', 'result.json')
    const result = JSON.parse(readFileSync(path, 'utf8')) as Result
    const verdicts = result.verdicts.map((one) => ({ ...one, statement: 'better' }))
    const edited = { ...result, verdicts }
    writeFileSync(path, resultText({ ...edited, digest: resultDigest(edited) }))
    const { status, out } = await verify(report)
    expect(out).toMatch(/note: [^\n]*files [^\n]*not compared/)
    expect(out).toMatch(/index\.html: not compared/)
    expect(status).toBe(1)
    expect(existsSync(page())).toBe(true)
  })

  it('names a page whose documents were moved away from it', async () => {
    edit(/<h1>[^<]*/, '<h1>P = NP is proved')
    renameSync(join(report, 'results'), join(report, 'data'))
    const moved = await verify(report)
    expect(moved.out).toMatch(/✔ accepted {2}demo\/halving/)
    expect(moved.out).toMatch(/✘ rejected[^\n]*\n {4}results\/: marked as the folder of a report/)
    expect(moved.status).toBe(1)
    // without the marker nothing says that it is ours
    rmSync(join(report, '.nonconvex'), { recursive: true })
    const unmarked = await verify(report)
    expect(unmarked.out).toMatch(/page[^\n]*index\.html\n {4}note: not compared: no document/)
    expect(unmarked.status).toBe(0)
    expect(await cli(['verify', report, '--strict'])).toMatchObject({ status: 1 })
  })

  it('rejects what it cannot read, and checks all others', async () => {
    const other = join(report, '.nonconvex-other')
    mkdirSync(other)
    writeFileSync(join(other, 'result.json'), '{')
    const { status, out } = await verify(report)
    expect(out).toMatch(/✔ accepted {2}demo\/halving/)
    expect(out).toMatch(/✘ rejected {2}result[^\n]*\n {4}result\.json: [^\n]*ends too early/)
    expect(out).toMatch(/✔ accepted {2}report/)
    expect(status).toBe(1)
  })
})
