import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '@nonconvex/experiments'
import { cli, coded, lasting, scratch } from './harness.js'

function file(text: string): string {
  const path = join(scratch(), 'params.yaml')
  writeFileSync(path, text)
  return path
}

const run = (text: string, ...more: readonly string[]) =>
  cli(['run', 'demo/halving', '--params', file(text), ...more])

describe('run --params', () => {
  it.each([
    ['YAML', 'start: 32 # a comment\ncells: 2\n'],
    ['JSON', '{\n\t"start": 32,\n\t"cells": 2\n}\n'],
    ['text', 'start: "32"\ncells: "2"\n'],
  ])('%s is the same as --set', async (_, text) => {
    const set = await cli([
      'run',
      'demo/halving',
      '--set',
      'start=32',
      '--set',
      'cells=2',
      '--json',
    ])
    expect(lasting((await run(text, '--json')).out)).toBe(lasting(set.out))
  })

  it('--set goes before the file, and the file before a preset', async () => {
    const { out } = await run('start: 32', '--full', '--set', 'cells=2', '--json')
    expect((JSON.parse(out) as Result).params).toMatchObject({ start: 32, cells: 2 })
    expect((await run('start: 32')).out).toMatch(/again: .* --set start=32 --seed 1\n/)
  })

  it.each([
    [
      'an unknown name',
      'cells: 2\nstrat: 3',
      /^\[parameter-unknown\].*line 2, column 1: .*start\?/,
    ],
    ['a value out of range', '{ "start": 0 }', /^\[parameter-value\].*line 1, column 3: .*got 0/],
    ['a list for a number', 'start: [1, 2]', /^\[parameter-value\].*line 1, column 1: .*\[1,2\]/],
    ['a nested value', 'start: { a: 1 }', /^\[parameter-value\].*line 1, column 1: /],
    ['no YAML', 'cells: 2\nstart: [1', /^\[params-invalid\].*line 2, column \d+: expected JSON/],
    [
      'a name twice',
      'start: 1\nstart: 2',
      /^\[params-invalid\].*line 2, column 1: .*the same name twice\n/,
    ],
    ['a tab', 'cells:\n\t- 2', /^\[params-invalid\].*line 2, column 1: .*a tab as indentation/],
    ['no names', '- 1\n- 2', /^\[params-invalid\].*line 1, column 1: /],
    ['nothing', '', /^\[params-invalid\].*line 1, column 1: .*got nothing/],
    ['an alias', 'cells: &a 2\nstart: *a', /^\[params-invalid\].*line 2, column 8: .*alias/],
    ['deep nesting', `a: ${'['.repeat(5000)}`, /^\[params-invalid\].*nested too deeply/],
    ['nested aliases', 'a: &a [x]\nstart: [*a, *a]', /^\[params-invalid\].*alias/],
    ['too much', `start: ${'1'.repeat(1_000_001)}`, /^\[params-invalid\].*at most 1000000 bytes/],
    ['a name of objects', '__proto__: 1', /^\[parameter-unknown\].*line 1, column 1/],
  ])('%s: status 2, and where', async (_, text, message) => {
    const outcome = await run(text)
    expect(coded(outcome)).toMatch(message)
    expect(outcome).toMatchObject({ status: 2, out: '' })
  })

  it('a fault of --set is not one of the file', async () => {
    const { err } = await run('start: 32', '--set', 'start=0')
    expect(err).toMatch(/^nonconvex: parameter start: .*got "0"\n$/)
  })

  it('a file that is not there, and a folder', async () => {
    const folder = join(scratch(), 'folder')
    mkdirSync(folder)
    const run = (path: string) => cli(['run', 'demo/halving', '--params', path])
    expect(await run('/nowhere.yaml')).toMatchObject({ status: 2, codes: ['file-missing'] })
    expect(await run(folder)).toMatchObject({ status: 2, codes: ['file-expected'] })
  })
})
