import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { experiments, resultJsonSchema, type Result } from '@nonconvex/experiments'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { width } from '../src/text/wrap.js'
import { cli, lasting, scratch } from './harness.js'

describe('exit status', () => {
  const table = [
    ['holds', 0, 0],
    ['violated', 1, 1],
    ['inapplicable', 0, 1],
    ['inconclusive', 0, 1],
    ['throws', 3, 3],
  ] as const
  for (const [outcome, plain, strict] of table)
    it(`is ${plain} when a claim ${outcome}, ${strict} under --strict`, async () => {
      const line = ['run', 'demo/halving', '--set', `outcome=${outcome}`]
      expect((await cli(line)).status).toBe(plain)
      expect((await cli([...line, '--strict'])).status).toBe(strict)
    })

  it('says which cell failed, and shows the trace only under --debug', async () => {
    const line = ['run', 'demo/halving', '--set', 'outcome=throws']
    const { out, err, codes } = await cli(line)
    expect(out).toMatch(/◐ inconclusive/)
    expect(codes).toEqual(['cell-failed'])
    expect(err).toMatch(/demo\/halving: cell "i=1": the cell broke/)
    expect(err).not.toMatch(/\n\s+at /)
    expect((await cli([...line, '--debug'])).err).toMatch(/caused by: [^]*\n\s+at /)
  })
})

describe('run', () => {
  it('prints verdicts, tables, its seed and the command that makes it again', async () => {
    const { out, err } = await cli(['run', 'demo/halving', '--seed', '7'])
    expect(out).toMatch(/✔ holds\s+Halving x reaches x < 1 in at most log₂ x₀ \+ 1 steps\s+float64/)
    expect(out).toMatch(/7 steps; at most 7 allowed/)
    expect(out).toMatch(/cell {2}T +noise/)
    expect(out).toMatch(/2 claims hold, 0 violated, 0 do not apply, 0 undecided; seed 7/)
    expect(out).toMatch(/again: nonconvex run demo\/halving --seed 7\n$/)
    expect(err).toMatch(/3 cells, 2 workers/)
  })

  it('names the hypothesis that fails', async () => {
    const { out } = await cli(['run', 'demo/halving', '--set', 'outcome=inapplicable'])
    expect(out).toMatch(/⊖ inapplicable/)
    expect(out).toMatch(/fails: the start x₀ is positive/)
  })

  it('--json prints one document and nothing else, valid against the published schema', async () => {
    const { out } = await cli(['run', 'demo/halving', '--json'])
    const result = JSON.parse(out) as Result
    expect(result.schema).toBe('nonconvex/result@1')
    const validate = new Ajv({ strict: false }).compile(resultJsonSchema)
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
  })

  it('gives the same bytes for the same seed, timings and versions aside, and others for another', async () => {
    const once = async (...more: string[]) => {
      const { out } = await cli(['run', 'demo/halving', '--json', ...more])
      return lasting(out)
    }
    expect(await once('--workers', '2')).toBe(await once('--workers', '1'))
    expect(await once('--seed', '2')).not.toBe(await once('--seed', '1'))
  })

  it('takes --quick and --full as reproduce does', async () => {
    const resultOf = async (...flags: string[]): Promise<unknown> => {
      const { out } = await cli(['run', 'demo/halving', '--json', ...flags])
      return (JSON.parse(out) as Result).params
    }
    for (const preset of ['quick', 'full'])
      expect(await resultOf(`--${preset}`)).toEqual(await resultOf('--preset', preset))
    expect(await resultOf('--quick')).not.toEqual(await resultOf('--full'))
  })

  it('takes presets, and names the shortest command for what was run', async () => {
    const { out } = await cli(['run', 'demo/halving', '--preset', 'full', '--set', 'cells=2'])
    expect(out).toMatch(
      /again: nonconvex run demo\/halving --set start=4096 --set cells=2 --seed 1|again: nonconvex run demo\/halving --preset full --set cells=2 --seed 1/,
    )
  })
})

describe('what is printed where', () => {
  it('has no colour and no progress in a pipe', async () => {
    const { out, err } = await cli(['run', 'demo/halving'])
    expect(out + err).not.toContain('\x1b')
  })

  it('has colour and a progress bar on a terminal', async () => {
    const { out, err } = await cli(['run', 'demo/halving'], { tty: true })
    expect(out).toContain('\x1b[32m')
    expect(err).toMatch(/░+ 0 of 3 cells/)
  })

  it('keeps to NO_COLOR and --no-color', async () => {
    const noColour = await cli(['run', 'demo/halving'], { tty: true, env: { NO_COLOR: '1' } })
    expect(noColour.out).not.toContain('\x1b')
    const flag = await cli(['run', 'demo/halving', '--no-color'], { tty: true })
    expect(flag.out).not.toContain('\x1b')
  })

  it('wipes nothing where nothing was drawn', async () => {
    const { err } = await cli(['list'], { tty: true })
    expect(err).toMatch(/nonconvex show/)
    expect(err).not.toContain('\x1b')
  })

  it('--quiet leaves standard error empty', async () => {
    expect((await cli(['run', 'demo/halving', '--quiet'], { tty: true })).err).toBe('')
  })
})

describe('list and show', () => {
  it('list groups the experiments by part', async () => {
    const { status, out } = await cli(['list'])
    expect(status).toBe(0)
    expect(out).toMatch(/Optimization\n {2}demo\/halving[^]*Generalization\n {2}demo\/learning/)
    expect(out).not.toMatch(/Architecture/)
    expect(out).not.toMatch(/Nobody/)
    expect((await cli(['list', '--long'])).out).toMatch(
      /Nobody \(2020\), Theorem 1; the talk: slide 3/,
    )
  })

  it('list has one line for each experiment, which fits a terminal', async () => {
    const { out } = await cli(['list', '--no-color'], { tty: true, columns: 60, experiments })
    const lines = out.split('\n').filter((line) => line.startsWith('  '))
    expect(lines).toHaveLength(experiments.length)
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(60)
    expect((await cli(['list'], { experiments })).out).not.toContain('…')
  })

  it('prints tables as CSV, Markdown or the document', async () => {
    const run = async (format: string) =>
      (await cli(['run', 'demo/halving', '--format', format])).out
    const csv = await run('csv')
    expect(csv).toMatch(
      /^# Verdicts\nclaim,status,rigor,measured,relation,bound,tightness,statement\n/,
    )
    expect(csv).toMatch(/\n\n# /)
    const md = await run('md')
    expect(md).toMatch(/^\*\*Verdicts\*\*\n\n\| claim \|/)
    expect(md).toMatch(/\n\| :-- \| --: \|/)
    expect(JSON.parse(await run('json'))).toMatchObject({ experiment: 'demo/halving' })
    expect((await cli(['list', '--format', 'csv'])).out).toMatch(/\ndemo\/halving,optimization,/)
    expect((await cli(['list', '--format', 'md', '--json'])).status).toBe(2)
  })

  it('"again" names the folder', async () => {
    const out = join(scratch(), 'a folder')
    const { out: text } = await cli(['run', 'demo/halving', '--out', out])
    const line = `nonconvex run demo/halving --seed 1 --out '${out}' --force`
    expect(text).toContain(`again: ${line}\n`)
    // as copied, it replaces what is there
    const words = line.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? []
    expect(await cli(words.slice(1))).toMatchObject({ status: 0, codes: [] })
  })

  it('says that nothing was written, but not beside a document on standard output', async () => {
    const run = (...more: string[]) => cli(['run', 'demo/halving', ...more])
    expect((await run()).err).toContain('--out DIR')
    expect((await run('--json')).err).not.toContain('--out')
    expect((await run('--format', 'json')).err).not.toContain('--out')
  })

  it('list --json is one document', async () => {
    const { out } = await cli(['list', '--json'])
    const { experiments } = JSON.parse(out) as { experiments: { id: string }[] }
    expect(experiments.map(({ id }) => id)).toEqual(['demo/halving', 'demo/learning'])
  })

  it('show says the claims, hypotheses, parameters, presets and times', async () => {
    const { out } = await cli(['show', 'demo/halving'])
    expect(out).toMatch(/T ≤ log₂ x₀ \+ 1/)
    expect(out).toMatch(/if the start x₀ is positive/)
    expect(out).toMatch(/start +64 +the first number +a whole number in \[1, 1000000\]/)
    expect(out).toMatch(/pause +0 +what a cell waits \(ms\)/)
    expect(out).toMatch(/--preset full: start=4096 cells=5; about 1\.0 s/)
  })

  it('show names claims that depend on a setting, and says on which', async () => {
    const { out } = await cli(['show', 'structured/scenes'], { experiments })
    expect(out.replace(/\s+/g, ' ')).toMatch(/ \(statistical; only with --set data=FILE\) /)
    const json = await cli(['show', 'structured/scenes', '--json'], { experiments })
    const { claims } = JSON.parse(json.out) as { claims: { [field: string]: unknown }[] }
    expect(claims.map(({ onlyWith }) => onlyWith)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'data=FILE',
      'data=FILE',
    ])
    const bias = await cli(['show', 'overparam/inductive-bias'], { experiments })
    expect(bias.out.replace(/\s+/g, ' ')).toMatch(/ \(\w+; not with --set digits=false\)/)
    expect(bias.out.match(/not with --set/g)).toHaveLength(1)
  })

  it('show --json names the claims', async () => {
    const { out } = await cli(['show', 'demo/halving', '--json'])
    expect(JSON.parse(out)).toMatchObject({ claims: [{ claim: 'demo/steps-bounded' }, {}] })
  })
})

it('has a launcher that is a plain script', () => {
  const launcher = readFileSync(new URL('../bin/nonconvex.js', import.meta.url), 'utf8')
  expect(launcher.startsWith('#!/usr/bin/env node\n')).toBe(true)
})
