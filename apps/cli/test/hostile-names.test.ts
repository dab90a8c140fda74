import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeHeader, exchangeLine } from '@nonconvex/structured/load'
import { describe, expect, it } from 'vitest'
import { cli, scratch, type Outcome } from './harness.js'
import { names, trainScenes } from './scene-files.js'

/** A title for the window, the start of the line, an erased line, a text that runs backwards. */
const attack = '\u001b]0;x\u0007\r\u009b2K\u2028\u202e✔ accepted'

/** What our own styles and the progress line use. */
const ours = new RegExp(
  ['1', '22', '31', '32', '33', '39', '90'].map((n) => `\u001b\\[${n}m`).join('|') +
    '|\r\u001b\\[2K',
  'g',
)

function expectOnlyText({ out, err }: Outcome): void {
  for (const text of [out, err])
    expect(text.replace(ours, '').replaceAll('\n', '')).not.toMatch(
      /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u,
    )
}

/** One command line on a terminal. */
const onTerminal = async (...argv: readonly string[]): Promise<Outcome> => {
  const outcome = await cli(argv, { tty: true })
  expectOnlyText(outcome)
  return outcome
}

const quoted = (text: string): string => `"${text}"`

describe('control characters in names of others are shown, not obeyed', () => {
  it('labels and columns of examples, in fit, evaluate and predict', async () => {
    const home = scratch()
    const [data, model] = [join(home, 'data.csv'), join(home, 'model')]
    const [yes, no] = [quoted(`yes${attack}`), quoted(`no${attack}\n✔ holds`)]
    const rows = [`1,5,7,${no}`, `4,6,7,${yes}`, `2,5,7,${no}`, `5,7,7,${yes}`]
    writeFileSync(data, ['a,b,' + quoted(`c${attack}`) + ',kind', ...rows, ''].join('\n'))
    const fitted = await onTerminal(
      'fit',
      'separable',
      data,
      '--k',
      '2',
      '--bias',
      '1',
      '--out',
      model,
    )
    expect(fitted.status).toBe(0)
    expect(fitted.out).toContain('\\u001b]0;x\\u0007')
    // a line break in a label begins no line
    expect(fitted.out.replace(ours, '')).not.toMatch(/^✔ holds/m)
    await onTerminal('evaluate', model, data)
    await onTerminal('predict', model, data)
    const { out } = await onTerminal('predict', model, data, '--json')
    expect(JSON.parse(out)).toHaveProperty('predictions')
    const file = join(home, 'predicted.csv')
    expect((await onTerminal('predict', model, data, '--out', file)).err).toContain('\\u001b]0')
  })

  it('a document that paints itself accepted', async () => {
    const file = join(scratch(), 'spoof.json')
    const { out } = await cli(['run', 'demo/halving', '--json'])
    const forged: unknown = { ...(JSON.parse(out) as object), experiment: attack }
    writeFileSync(file, JSON.stringify(forged))
    expect((await onTerminal('verify', file)).status).toBeGreaterThan(0)
  })

  it('classes and predicates of scenes, names of files, and words of the command line', async () => {
    const home = join(scratch(), attack)
    mkdirSync(home)
    const header = {
      dataset: attack,
      split: attack,
      classes: names.classes.map((name, i) => (i === 0 ? name : name + attack)),
      predicates: names.predicates.map((name, i) => (i === 0 ? name : name + attack)),
    }
    const data = join(home, 'train.ndjson')
    const lines = trainScenes.map((scene) => exchangeLine(scene, header))
    writeFileSync(data, [exchangeHeader(header), ...lines, ''].join('\n'))
    const model = join(home, 'model')
    const fitted = await onTerminal('fit', 'scenes', data, '--test', data, '--out', model)
    expect(fitted.status).toBe(0)
    expect(fitted.out).toContain('\\u001b]0;x\\u0007')
    await onTerminal('evaluate', model, data)
    await onTerminal('evaluate', model, join(home, 'missing'))
    for (const line of [[attack], ['run', attack], ['list', `--${attack}`], ['show', attack]])
      expect((await onTerminal(...line)).status).toBe(2)
  })
})

describe('names of others are no markup', () => {
  it('dollars in labels, columns and files are shown, in tables and on pages', async () => {
    const home = scratch()
    const [data, model] = [join(home, 'price $1$.csv'), join(home, 'model')]
    const dear = 'dear $9 \\frac{$'
    const rows = [`1,1,cheap $5`, `4,1,${dear}`, `2,1,cheap $5`, `5,1,${dear}`]
    writeFileSync(data, ['a,$\\rule{500em}{1em}$,kind', ...rows, ''].join('\n'))
    const line = ['fit', 'separable', data, '--k', '2', '--bias', '1', '--out', model]
    const { status, out } = await cli(line)
    expect(status).toBe(0)
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`2 labeled ${dear}, 2 labeled cheap $5`)
    expect(out).toContain('$\\rule{500em}{1em}$')
    expect((await cli(['evaluate', model, data])).out).toContain(`of ${dear}`)
    const tables = async (format: string) =>
      (await cli(['evaluate', model, data, '--tables', format])).out
    expect(await tables('md')).toContain('| of dear \\$9 \\\\frac{\\$ | 2 | 0 |')
    expect(await tables('csv')).toMatch(/^# Errors on 4 examples\nwhat,examples,wrong,/)
    const page = readFileSync(join(model, 'index.html'), 'utf8')
    expect(page).toContain(`2 labeled ${dear}, 2 labeled cheap $5`)
    expect(page).toContain('Linear separability of price $1$.csv')
  })

  it('a label of braces exhausts nothing', async () => {
    const data = join(scratch(), 'data.csv')
    writeFileSync(data, `a,kind\n1,$${'{'.repeat(20_000)}$\n-1,b\n`)
    const { status, out } = await cli(['fit', 'separable', data, '--k', '2'])
    expect(status).toBe(0)
    expect(out).toContain('{'.repeat(20_000))
  })
})
