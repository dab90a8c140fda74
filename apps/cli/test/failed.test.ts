import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError, type Experiment, type Work } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { demos, halving } from './fixtures/demo.js'
import { cli, scratch } from './harness.js'

const broken: Experiment = {
  ...halving,
  id: 'demo/broken',
  title: 'Breaking',
  presets: { quick: { outcome: 'throws' }, full: { outcome: 'throws' } },
}
const badConclusion: Experiment = {
  ...halving,
  id: 'demo/bad-conclusion',
  work: working({
    conclude: () => {
      throw new RangeError('plain: expected a finite number, got NaN')
    },
  }),
}
const needsDigits: Experiment = {
  ...halving,
  id: 'demo/digits',
  work: working({
    measure: () => Promise.reject(new InputError('the digits are missing; install them again')),
  }),
}
/** The work of halving, some of it done otherwise. */
function working(otherwise: Partial<Work>): Experiment['work'] {
  return async () => ({ ...(await halving.work()), ...otherwise })
}

const experiments = [demos[0], broken, badConclusion, needsDigits, demos[1]]

describe('reproduce with experiments that fail', () => {
  it('finishes the others, puts what failed on top of the ledger, and ends with 3', async () => {
    const out = join(scratch(), 'report')
    const run = await cli(['reproduce', '--out', out], { experiments })
    expect(run.status).toBe(3)
    expect(run.out).toMatch(
      /demo\/broken\n {2}▲ failed {2}cell "i=1": the cell broke\n {4}again: nonconvex run demo\/broken [^\n]*--seed 1\n/,
    )
    expect(run.out).toMatch(
      /^3 experiments failed \(demo\/broken, demo\/bad-conclusion, demo\/digits\); \d+ claims hold, 0 violated/m,
    )
    const page = readFileSync(join(out, 'index.html'), 'utf8')
    expect(page).toMatch(/<b>3<\/b> experiments failed<\/span\s*>[\s\S]*<b>\d+<\/b> claims hold/)
    const ledger = page.slice(page.indexOf('class="columns"'))
    expect(ledger.indexOf('cell &quot;i=1&quot;: the cell broke')).toBeGreaterThan(0)
    expect(ledger.indexOf('the cell broke')).toBeLessThan(ledger.indexOf('id="optimization"'))
    expect(ledger).toContain('expected a finite number, got NaN')
    expect(ledger).toContain('the digits are missing')
    const results = readdirSync(join(out, 'results', 'demo')).sort()
    expect(results).toEqual(['bad-conclusion', 'broken', 'digits', 'halving', 'learning'])
  })

  it('is verified: the page must show what failed', async () => {
    const out = join(scratch(), 'report')
    await cli(['reproduce', '--out', out], { experiments })
    const fine = await cli(['verify', out], { experiments })
    expect(fine.out).toMatch(
      /note: 1 cell failed[^\n]* i=1\n[^]*note: 2 experiments failed[^\n]*: demo\/bad-conclusion/,
    )
    expect(fine.status).toBe(0)
    const page = join(out, 'index.html')
    writeFileSync(page, readFileSync(page, 'utf8').replaceAll('the cell broke', 'fine'))
    expect(await cli(['verify', out], { experiments })).toMatchObject({ status: 1 })
  })

  it('keeps the rows of what failed for the next time, and forgets the failure when it is mended', async () => {
    const out = join(scratch(), 'report')
    await cli(['reproduce', '--out', out, '--workers', '1'], { experiments: [halving, broken] })
    const work = await halving.work()
    const mended: Experiment = {
      ...broken,
      work: working({
        measure: (cell, context) =>
          work.measure(cell, { ...context, params: { ...context.params, outcome: 'holds' } }),
      }),
    }
    const again = await cli(['reproduce', '--out', out], { experiments: [halving, mended] })
    expect(again.err).toMatch(/6 cells, 2 of them already done/)
    expect(again.status).toBe(0)
    expect(existsSync(join(out, 'results', 'demo', 'broken', 'failed.json'))).toBe(false)
    expect(readdirSync(join(out, '.nonconvex'))).toEqual(['folder.json'])
  })
})

describe('run of an experiment that fails', () => {
  it('ends with 3 and its message', async () => {
    const { status, err } = await cli(['run', 'demo/broken', '--preset', 'quick'], { experiments })
    expect(status).toBe(3)
    expect(err).toMatch(/demo\/broken: cell "i=1": the cell broke/)
  })

  const digits = (out: string, ...more: string[]) =>
    cli(['run', 'demo/digits', '--out', out, ...more], { experiments })

  it('leaves nothing where no cell was finished: neither the folder nor those above it', async () => {
    const home = scratch()
    expect(await digits(join(home, 'a', 'b'))).toMatchObject({ status: 2 })
    expect(readdirSync(home)).toEqual([])
    mkdirSync(join(home, 'there'))
    expect(await digits(join(home, 'there'))).toMatchObject({ status: 2 })
    expect(readdirSync(join(home, 'there'))).toEqual([])
  })

  it('leaves an earlier result as it was', async () => {
    const out = join(scratch(), 'out')
    await cli(['run', 'demo/halving', '--out', out])
    const before = readdirSync(out, { recursive: true })
    expect(await digits(out, '--force')).toMatchObject({ status: 2 })
    expect(readdirSync(out, { recursive: true })).toEqual(before)
    const folder = JSON.parse(
      readFileSync(join(out, '.nonconvex', 'folder.json'), 'utf8'),
    ) as object
    expect(folder).toMatchObject({ holds: 'demo/halving', state: 'complete' })
    expect(await cli(['verify', out])).toMatchObject({ status: 0 })
  })
})
