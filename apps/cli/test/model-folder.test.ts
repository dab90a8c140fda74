import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fit, folder, good, type Folder } from './fit-files.js'
import { cli } from './harness.js'

describe('a model folder', () => {
  const made = async (
    ...more: string[]
  ): Promise<Folder & { readonly model: string; readonly file: string }> => {
    const own = folder()
    const file = own.put('good.csv', good)
    const model = own.path('model')
    expect((await fit(file, '--bias', '1', '--out', model, ...more)).status).toBe(0)
    return { ...own, model, file }
  }

  it('is whole or not there, and is not written over without --force', async () => {
    const { model, file, path } = await made()
    const before = readFileSync(join(model, 'model.json'), 'utf8')
    const again = await fit(file, '--bias', '1', '--seed', '2', '--out', model)
    expect(again).toMatchObject({ status: 2, out: '' })
    expect(again.err).toContain(`${model} already contains a separable model`)
    expect(readFileSync(join(model, 'model.json'), 'utf8')).toBe(before)
    expect((await fit(file, '--bias', '1', '--seed', '2', '--out', model, '--force')).status).toBe(
      0,
    )
    expect(readFileSync(join(model, 'model.json'), 'utf8')).not.toBe(before)
    expect(readdirSync(join(model, '.nonconvex'))).toEqual(['folder.json'])
    mkdirSync(path('other'))
    writeFileSync(path('other/mine.txt'), 'mine')
    expect((await fit(file, '--out', path('other'))).codes).toEqual(['folder-foreign'])
  })

  it('of a fit that was killed suggests no --resume, which this fit has not', async () => {
    const { model, file } = await made()
    const marker = join(model, '.nonconvex/folder.json')
    writeFileSync(marker, readFileSync(marker, 'utf8').replace('complete', 'unfinished'))
    rmSync(join(model, 'model.json'))
    const used = await cli(['predict', model, file])
    expect(used).toMatchObject({ status: 2, codes: ['model-unfinished'] })
    expect(used.err).not.toMatch(/--resume/)
    expect(await fit(file, '--bias', '1', '--out', model)).toMatchObject({ status: 0 })
  })

  it('has a page that needs nothing else', async () => {
    const { model } = await made('--test', folder().put('test.csv', good))
    const page = readFileSync(join(model, 'index.html'), 'utf8')
    for (const text of [
      'good.csv',
      'Generalization bounds',
      'Where the bound on U is loose',
      'Held-out examples',
      'largest margin',
    ])
      expect(page).toContain(text)
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  })

  it('predicts by the names of columns, whatever their order, without labels', async () => {
    const { model, put, path } = await made()
    const straight = await cli(['predict', model, put('new.csv', 'a,b\n1,2\n4,1\n')])
    expect(straight.status).toBe(0)
    const [, ...rows] = straight.out.trimEnd().split('\n')
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
      ['2', 'x'],
      ['3', 'y'],
    ])
    const turned = await cli(['predict', model, put('turned.csv', 'extra,b,a\nq,2,1\nq,1,4\n')])
    expect(turned.out).toBe(straight.out)
    const json = await cli(['predict', model, path('new.csv'), '--json', '--quiet'])
    expect(
      (JSON.parse(json.out) as { predictions: { prediction: string }[] }).predictions.map(
        (p) => p.prediction,
      ),
    ).toEqual(['x', 'y'])
    const out = path('out.csv')
    expect((await cli(['predict', model, path('new.csv'), '--out', out])).out).toBe('')
    expect(readFileSync(out, 'utf8')).toBe(straight.out)
    expect((await cli(['predict', model, path('new.csv'), '--out', out])).err).toContain(
      `${out} exists`,
    )
  })

  it('refuses data that do not fit it, and leaves no half-written predictions', async () => {
    const { model, put, path } = await made()
    for (const [content, message] of [
      ['a\n1\n', ', line 1: '],
      ['a,b\n1,2\n1,q\n', ', line 3, column 2 ("b"): '],
      ['', ': '],
    ] as const) {
      const file = put('bad.csv', content)
      const { status, err } = await cli(['predict', model, file, '--out', path('p.csv')])
      expect(status).toBe(2)
      expect(err).toContain(`${file}${message}`)
      expect(readdirSync(path('.')).filter((name) => name.startsWith('p.csv'))).toEqual([])
      // what its standard output was sent to holds no header, nor is a flag named that predict does
      // not have
      const piped = await cli(['predict', model, file])
      expect(piped).toMatchObject({ status: 2, out: '' })
      expect(piped.err).not.toMatch(/--(label|drop|positive)/)
    }
    const strange = put('strange.csv', 'a,b,kind\n1,2,x\n1,2,w\n')
    const evaluated = await cli(['evaluate', model, strange])
    expect(evaluated).toMatchObject({ status: 2, out: '' })
    expect(evaluated.err).toContain(`${strange}, line 3: `)
    expect(evaluated.err).not.toMatch(/--(drop|positive|negative)/)
    const none = await cli(['predict', model, put('none.csv', 'a,b\n')])
    expect(none).toMatchObject({ status: 0, out: 'line,prediction,output\n' })
  })

  it('evaluates: errors, their bound for new examples, and none on the file it was trained on', async () => {
    const { model, put, file } = await made()
    const test = put('test.csv', 'a,b,kind\n1,2,x\n4,1,y\n4,1,x\n')
    const found = await cli(['evaluate', model, test, '--json', '--delta', '0.1'])
    expect(JSON.parse(found.out)).toMatchObject({
      schema: 'nonconvex/evaluation@1',
      examples: 3,
      errors: 1,
      trainedOn: false,
      confusion: { positives: 1, positivesWrong: 0, negatives: 2, negativesWrong: 1 },
    })
    expect((await cli(['evaluate', model, test])).out).toContain('Errors on 3 examples')
    const own = await cli(['evaluate', model, file])
    expect(own.out).toContain('trained on this file')
  })

  it('that was damaged is refused with what to do', async () => {
    const { model, file, path } = await made()
    const weights = join(model, 'weights.safetensors')
    const bytes = readFileSync(weights)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(weights, bytes)
    const changed = await cli(['predict', model, file])
    expect(changed).toMatchObject({ status: 2, out: '' })
    expect(changed.codes).toEqual(['model-changed'])
    const text = readFileSync(join(model, 'model.json'), 'utf8')
    for (const [content, message] of [
      ['{', 'model.json: '],
      [text.replace('"separable"', '"multi"'), '"multi"'],
      [text.replace('"k": 3', '"k": "3"'), 'parameters.k'],
      [text.replace(/"scale": [^,]+/, '"scale": 0'), 'parameters.scale: expected a number above 0'],
      ['{}', 'schema'],
    ] as const) {
      bytes[bytes.length - 1] ^= content === '{' ? 1 : 0
      writeFileSync(weights, bytes)
      writeFileSync(join(model, 'model.json'), content)
      const { status, err } = await cli(['evaluate', model, file])
      expect(status).toBe(2)
      expect(err).toContain(message)
    }
    expect((await cli(['predict', path('none'), file])).codes).toEqual(['file-missing'])
    expect((await cli(['predict', path('.'), file])).codes).toEqual(['model-missing'])
  })
})
