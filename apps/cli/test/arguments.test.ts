import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch } from './harness.js'

describe('a bad command line', () => {
  const table: readonly [string, string, RegExp][] = [
    ['no command', '', /Usage: nonconvex/],
    ['an unknown command', 'lst', /unknown command 'lst'[^]*did you mean list\?/],
    [
      'an unknown flag',
      'run demo/halving --sed 1',
      /unknown option '--sed'[^]*--seed[^]*Usage: nonconvex run/,
    ],
    ['an unknown flag before the command', '--quite list', /unknown option '--quite'[^]*--quiet/],
    [
      'an unknown experiment',
      'run demo/halvign',
      /experiment-unknown.*"demo\/halvign".*demo\/halving\?/,
    ],
    ['an unknown experiment to show', 'show demo/lerning', /experiment-unknown.*demo\/learning\?/],
    ['no experiment', 'run', /missing required argument 'id'/],
    ['one argument too many', 'run demo/halving more', /too many arguments/],
    [
      'an unknown parameter',
      'run demo/halving --set strat=1',
      /parameter-unknown.*"strat".*start\?/,
    ],
    [
      'a value out of range',
      'run demo/halving --set start=0',
      /parameter-value.*start: .*\[1, 1000000\].*"0"/,
    ],
    [
      'a value that is no number',
      'run demo/halving --set start=many',
      /parameter-value.*start: .*"many"/,
    ],
    [
      'an unknown choice',
      'run demo/halving --set outcome=hold',
      /parameter-value.*outcome: .*holds\?/,
    ],
    [
      'a setting without a value',
      'run demo/halving --set start',
      /flag-value.*--set start: .*name=value/,
    ],
    [
      'a parameter that every object has',
      'run demo/halving --set __proto__=5',
      /parameter-unknown.*"__proto__"/,
    ],
    [
      'a setting given twice',
      'run demo/halving --set start=1 --set start=2',
      /flag-repeated.*--set start=2/,
    ],
    [
      'a seed that is no number',
      'run demo/halving --seed x',
      /--seed[^]*whole number from 0 to 2\^53 − 1/,
    ],
    ['a negative seed', 'run demo/halving --seed -1', /--seed/],
    ['a seed beyond 2^53', 'run demo/halving --seed 9007199254740993', /2\^53 − 1/],
    ['an --out without a name', 'run demo/halving --out=', /--out <dir>[^]*name of a folder/],
    ['a far-fetched command', 'sweep', /^\[usage\] nonconvex: unknown command 'sweep'\nUsage/],
    ['no workers', 'run demo/halving --workers 0', /whole number from 1/],
    ['an unknown preset', 'run demo/halving --preset quik', /Allowed choices are quick, full/],
    ['resume without a folder', 'run demo/halving --resume', /flag-needs.*--resume needs --out/],
    ['both presets', 'reproduce --quick --full', /'--quick' cannot be used with option '--full'/],
    [
      'both presets of a run',
      'run demo/halving --quick --full',
      /'--quick' cannot be used with option '--full'/,
    ],
    [
      'a preset by two names',
      'run demo/halving --full --preset quick',
      /'--full' cannot be used with option '--preset <name>'/,
    ],
    [
      'a pattern that matches nothing',
      'reproduce --only demo/halvin',
      /experiment-unknown.*--only demo\/halvin:.*demo\/halving\?/,
    ],
    [
      'a result that is not there',
      'verify /nowhere/result.json',
      /file-missing.*\/nowhere\/result\.json/,
    ],
  ]

  for (const [name, line, message] of table)
    it(`${name}: status 2, a message, nothing on standard output`, async () => {
      const outcome = await cli(line === '' ? [] : line.split(' '))
      const { status, out, err } = outcome
      expect(coded(outcome)).toMatch(message)
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).not.toMatch(/\n\s+at /)
    })

  it('an empty name is no name', async () => {
    for (const line of [
      ['verify', ''],
      ['predict', '', 'x.csv'],
      ['fit', 'separable', ''],
      ['scenes', '--out', ''],
    ])
      expect(coded(await cli(line))).toMatch(/^\[usage\].*''.*Expected the name of a/)
  })

  it('says at which line and column a result was cut short', async () => {
    const path = join(scratch(), 'result.json')
    const { out } = await cli(['run', 'demo/halving', '--json'])
    writeFileSync(path, out.slice(0, out.length / 2))
    const { status, err } = await cli(['verify', path])
    expect(status).toBe(2)
    expect(err).toMatch(/result\.json: line \d+, column \d+/)
  })

  it('refuses a file that is no result', async () => {
    const path = join(scratch(), 'result.json')
    writeFileSync(path, '{"schema":"other"}')
    expect(await cli(['verify', path])).toMatchObject({ status: 2, out: '' })
  })

  it('refuses a folder without results', async () => {
    expect(await cli(['verify', scratch()])).toMatchObject({ status: 2, codes: ['result-missing'] })
  })
})

describe('help', () => {
  it('is a result: standard output, status 0', async () => {
    const { status, out, err } = await cli(['run', '--help'])
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toMatch(/--set <name=value>/)
  })

  it('states the exit statuses', async () => {
    expect((await cli(['--help'])).out).toMatch(/130 interrupted/)
    expect((await cli(['verify', '--help'])).out).toMatch(/1 a result or a file is rejected/)
  })

  it('prints the version', async () => {
    expect(await cli(['--version'])).toEqual({
      status: 0,
      out: '0.0.0-test\n',
      err: '',
      codes: [],
    })
  })
})
