import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratch } from '../../test/harness.js'
import { openRows } from './rows-log.js'

const header = { experiment: 'demo/halving', params: { k: 1 }, seed: 1, code: 'test' }
const rows = ['a', 'b', 'c'].map((key, i) => ({ key, measured: { x: 0.1 * i }, witness: null }))

/** A log with these rows, each of which has taken two seconds. */
function written() {
  const path = join(scratch(), 'rows.ndjson')
  const open = (now = 0) => {
    let time = now
    return openRows(path, header, 'drop', () => (time += 2))
  }
  const log = open()
  for (const row of rows) log.append(row)
  log.close()
  return { path, open }
}

describe('the rows of a run', () => {
  it('come back with the time of all runs that they are from', () => {
    const { open } = written()
    const log = open(1000)
    expect(log).toMatchObject({ rows, seconds: 6, damage: undefined })
    log.append({ key: 'd', measured: 1, witness: null })
    log.close()
    expect(open()).toMatchObject({ seconds: 8 })
  })

  it.each([
    ['another value', (line: string) => line.replace('0.1', '0.2')],
    ['another time', (line: string) => line.replace('"seconds":4', '"seconds":400')],
    ['null', () => 'null'],
    ['nothing', () => ''],
    ['a row without a checksum', (line: string) => line.replace(/"sum":"\w+",/, '')],
    ['another key with the same name', (line: string) => line.replace('{"sum', '{"row":0,"sum')],
  ])('end before a line with %s, which is named', (_, damage) => {
    const { path, open } = written()
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, lines.map((line, i) => (i === 2 ? damage(line) : line)).join('\n'))
    expect(readFileSync(path, 'utf8')).not.toBe(lines.join('\n'))
    const log = open()
    expect(log).toMatchObject({ rows: rows.slice(0, 1), damage: { code: 'rows-damaged' } })
    expect(log.damage?.text).toContain(`${path}, line 3`)
    for (const row of rows.slice(1)) log.append(row)
    log.close()
    expect(open()).toMatchObject({ rows, damage: undefined })
  })

  it('end before a torn line, which is what a kill leaves', () => {
    const { path, open } = written()
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -5))
    expect(open()).toMatchObject({ rows: rows.slice(0, 2), damage: undefined })
  })

  it('are not written through a link', () => {
    const { path } = written()
    const link = join(scratch(), 'link.ndjson')
    symlinkSync(path, link)
    const before = readFileSync(path, 'utf8')
    const other = { ...header, seed: 2 }
    expect(() => openRows(link, other, 'drop', () => 0)).toThrow(/expected a regular file/)
    expect(readFileSync(path, 'utf8')).toBe(before)
  })
})
