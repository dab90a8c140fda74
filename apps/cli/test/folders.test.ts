import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { halving } from './fixtures/demo.js'
import { cli, lasting, scratch } from './harness.js'

const run = (out: string, ...more: string[]) => cli(['run', 'demo/halving', '--out', out, ...more])
const visible = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name !== '.nonconvex')
    .sort()

describe('run --out', () => {
  it('writes the document, the figures as SVG and PNG, the tables as CSV and Parquet, and nothing else', async () => {
    const out = join(scratch(), 'deep', 'er')
    expect(await run(out)).toMatchObject({ status: 0 })
    expect(visible(out)).toEqual([
      'halving.png',
      'halving.svg',
      'result.json',
      'steps.csv',
      'steps.parquet',
    ])
    expect(readdirSync(join(out, '.nonconvex'))).toEqual(['folder.json'])
    expect(readFileSync(join(out, 'halving.svg'), 'utf8')).toMatch(/^<svg[^>]*xmlns=/)
    expect(readFileSync(join(out, 'halving.png')).subarray(1, 4).toString()).toBe('PNG')
    expect(readFileSync(join(out, 'steps.csv'), 'utf8')).toMatch(/^cell,steps,noise\r\ni=0,7,/)
    expect(readFileSync(join(out, 'steps.parquet'), 'latin1')).toMatch(/^PAR1[^]*PAR1$/)
  })

  it('takes an empty folder', async () => {
    expect(await run(scratch())).toMatchObject({ status: 0 })
  })

  it('refuses a folder that is not ours, and leaves it as it was', async () => {
    const out = scratch()
    writeFileSync(join(out, 'thesis.txt'), 'mine')
    const { status, err } = await run(out)
    expect(status).toBe(2)
    expect(err).toMatch(/--out[^]*--force/)
    expect(readdirSync(out)).toEqual(['thesis.txt'])
  })

  it('--force writes into it and touches nothing else', async () => {
    const out = scratch()
    writeFileSync(join(out, 'thesis.txt'), 'mine')
    expect(await run(out, '--force')).toMatchObject({ status: 0 })
    expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('mine')
    expect(existsSync(join(out, 'result.json'))).toBe(true)
  })

  it('refuses to replace an earlier result without --force', async () => {
    const out = scratch()
    await run(out)
    const { status, err } = await run(out, '--seed', '2')
    expect(status).toBe(2)
    expect(err).toMatch(/demo\/halving[^]*--out[^]*--force/)
    expect(await run(out, '--seed', '2', '--force')).toMatchObject({ status: 0 })
    const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Result
    expect(result.seed).toBe(2)
  })

  it('says so when a file stands in the way', async () => {
    const file = join(scratch(), 'file')
    writeFileSync(file, 'mine')
    for (const out of [file, join(file, 'below')]) {
      const { status, err } = await run(out)
      expect(status).toBe(2)
      expect(err).toMatch(/cannot write [^]*/)
    }
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('says so when nothing can be written there', async () => {
    // /proc refuses new folders even to root
    const { status, err } = await run('/proc/nonconvex-test')
    expect(status).toBe(2)
    expect(err).toMatch(/cannot write \/proc\/nonconvex-test/)
  })

  it('refuses a folder that a living process is writing', async () => {
    const out = scratch()
    mkdirSync(join(out, '.nonconvex'))
    writeFileSync(join(out, '.nonconvex', `lock-${process.ppid}-0123456789abcdef`), 'held')
    const { status, err } = await run(out)
    expect(status).toBe(2)
    expect(err).toMatch(new RegExp(`being written by process ${process.ppid}`))
  })

  it('takes over the lock of a process that is gone', async () => {
    const out = scratch()
    mkdirSync(join(out, '.nonconvex'))
    writeFileSync(join(out, '.nonconvex', 'lock-4194300-0123456789abcdef'), 'held')
    expect(await run(out)).toMatchObject({ status: 0 })
  })
})

describe('an interrupted run', () => {
  const slow = ['--set', 'cells=8']
  async function interruptedRun(out: string) {
    const stop = new AbortController()
    let cells = 0
    const outcome = await cli(['run', 'demo/halving', '--out', out, '--workers', '1', ...slow], {
      signal: stop.signal,
      onCell: () => {
        if (++cells === 4) setTimeout(() => stop.abort(), 0)
      },
    })
    return outcome
  }
  const document = (out: string) => lasting(readFileSync(join(out, 'result.json'), 'utf8'))

  it('ends with 130, shows nothing half-done, says how to go on, and goes on to the same bytes', async () => {
    const out = join(scratch(), 'out')
    const whole = join(scratch(), 'whole')
    // cells of this experiment pause so that the signal is seen between them
    slow.push('--set', 'pause=20')
    const { status, err } = await interruptedRun(out)
    expect(status).toBe(130)
    expect(err).toMatch(/interrupted after \d of 8 cells[^]*--set cells=8[^]*--out [^ ]+ --resume/)
    expect(visible(out)).toEqual([])
    expect(await run(out, ...slow)).toMatchObject({ status: 2 })
    const again = await run(out, ...slow, '--resume')
    expect(again.status).toBe(0)
    expect(again.err).toMatch(/8 cells, [4-7] of them already done/)
    await run(whole, ...slow)
    expect(document(out)).toBe(document(whole))
  })

  it('does not mix rows of another seed or of other code', async () => {
    const out = join(scratch(), 'out')
    await interruptedRun(out)
    const other = await run(out, ...slow, '--resume', '--seed', '2')
    expect(other.status).toBe(2)
    expect(other.err).toMatch(/another run[^]*--resume[^]*--force/)
    const line = ['run', 'demo/halving', '--out', out, ...slow, '--resume']
    expect(await cli(line, { code: 'newer' })).toMatchObject({ status: 2 })
    expect(await cli(line)).toMatchObject({ status: 0 })
  })

  it('goes on after a row that was cut in the middle', async () => {
    const out = join(scratch(), 'out')
    await interruptedRun(out)
    const log = join(out, '.nonconvex', 'rows', 'demo-halving.ndjson')
    const text = readFileSync(log, 'utf8')
    writeFileSync(log, text.slice(0, -10))
    expect(await run(out, ...slow, '--resume')).toMatchObject({ status: 0 })
    const whole = join(scratch(), 'whole')
    await run(whole, ...slow)
    expect(document(out)).toBe(document(whole))
  })

  it('computes again from a damaged line on, names it, and ends with the same bytes', async () => {
    const out = join(scratch(), 'out')
    await interruptedRun(out)
    const log = join(out, '.nonconvex', 'rows', 'demo-halving.ndjson')
    const text = readFileSync(log, 'utf8')
    writeFileSync(log, text.replace(/("key":"i=1".*"measured":)\{[^}]*\}/, '$1null'))
    expect(readFileSync(log, 'utf8')).not.toBe(text)
    const again = await run(out, ...slow, '--resume')
    expect(again).toMatchObject({ status: 0, codes: ['rows-damaged'] })
    expect(again.err).toMatch(/demo-halving\.ndjson, line 3: [^]*8 cells, 1 of them already done/)
    const whole = join(scratch(), 'whole')
    await run(whole, ...slow)
    expect(document(out)).toBe(document(whole))
  })

  it('has taken the time of all its parts, as a result and as a report', async () => {
    const minutes = (): (() => number) => {
      let now = 0
      return () => (now += 60)
    }
    const experiments = [{ ...halving, presets: { quick: { pause: 20 }, full: {} } }]
    for (const line of ['run demo/halving --quick --resume', 'reproduce']) {
      const stop = new AbortController()
      const out = join(scratch(), 'out')
      const argv = [...line.split(' '), '--workers', '1', '--out', out]
      const onCell = () => void setTimeout(() => stop.abort())
      const setting = { experiments, onCell, signal: stop.signal, clock: minutes() }
      expect(await cli(argv, setting)).toMatchObject({ status: 130 })
      const again = await cli(argv, { experiments })
      expect(again).toMatchObject({ status: 0 })
      expect(again.out).toMatch(/(cells|preset), \d+ min/)
    }
  })
})
