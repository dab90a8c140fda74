import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithData } from '@tooling/vitest/requires'
import { expect, it } from 'vitest'
import { documentOf, used } from './fitted.js'
import { scratch } from './harness.js'
import { emotionsCsv } from './own-files.js'
import { program } from './program.js'

describeWithData('the emotions set', 'multilabel/emotions/emotions-train.arff', (arff) => {
  it('one label of the emotions set, standardised, with a bias', async () => {
    const folder = scratch()
    const path = emotionsCsv(folder, arff, 'quiet-still')
    const model = join(folder, 'model')
    const args = ['fit', 'separable', path, '--standardise', '--bias', '1', '--out', model]
    expect(await program(args)).toMatchObject({ status: 0 })
    const { training } = documentOf(model)
    expect(training.verdicts.map(({ status }) => status)).not.toContain('violated')
    const labels = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split(',')[72])
    const found = await used(model, path, (line) => labels[line - 1], program)
    expect(found).toMatchObject({ examples: 391, trainedOn: true })
  })
})
