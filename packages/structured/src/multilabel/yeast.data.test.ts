import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from '@nonconvex/tensor'
import { describeWithData } from '@tooling/vitest/requires'
import { expect, it } from 'vitest'
import { readArff } from './arff.js'
import { decodeRows, decoders, labelScores } from './decoders.js'
import { labelList } from './label-list.js'
import { labelProbabilities, multilabelNetwork } from './network.js'

describeWithData('the yeast set', 'multilabel/yeast', (folder) => {
  it('gives the F1 of an independent program by each decoder, ±1.5 points, in their order', async () => {
    const labels = labelList(readFileSync(join(folder, 'yeast.xml'), 'utf8'))
    const [train, test] = await Promise.all(
      ['train', 'test'].map((part) =>
        readArff(createReadStream(join(folder, `yeast-${part}.arff`)), { labels }),
      ),
    )
    expect([train.rows, test.rows, train.features.length]).toEqual([1500, 917, 103])
    const network = multilabelNetwork(train, { epochs: 30, stream: stream(1) })
    if (!network) throw new Error('it was ended')
    const p = labelProbabilities(network, test)
    const f1 = decoders.map((decoder) => {
      const scores = labelScores(decodeRows(p, labels.length, decoder), test)
      return scores.f1.reduce((sum, one) => sum + one, 0) / test.rows
    })
    for (const [d, reference] of [0.617, 0.641, 0.66].entries())
      expect(Math.abs(f1[d] - reference)).toBeLessThan(0.015)
    expect(f1[0]).toBeLessThan(f1[1])
    expect(f1[1]).toBeLessThan(f1[2])
  }, 60_000)
})
