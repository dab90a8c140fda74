import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { chunksOf, couplesOf } from './chunks.js'
import { batchStructure } from './graph-batch.js'

const source = stream(4)
const batches = [[], [0], [1, 0, 0], [3, 0, 5, 1, 30, 2, 2], Array.from({ length: 40 }, () => 6)]
const some = batches.map((sizes) => batchStructure({ sizes, exists: () => source.integer(5) > 0 }))

it.each(some)('couples hold every pair once, with its reverse', (batch) => {
  const { first, second } = couplesOf(batch)
  const pairs = [...first, ...second].filter((p) => p >= 0)
  expect(pairs.sort((p, q) => p - q)).toEqual(Array.from(batch.i, (_, p) => p))
  second.forEach((r, q) => {
    expect(r).toBe(batch.reverse[first[q]])
  })
})

it.each(some)('chunks hold every graph once, in order, and few pairs', (batch) => {
  const couples = couplesOf(batch)
  const chunks = chunksOf(batch, couples)
  const sizes = {
    nodes: batch.graphOfNode.length,
    pairs: batch.i.length,
    couples: couples.first.length,
  }
  for (const name of ['nodes', 'pairs', 'couples'] as const) {
    let next = 0
    for (const chunk of chunks) {
      expect(chunk[name].from).toBe(next)
      next += chunk[name].count
    }
    expect(next).toBe(sizes[name])
  }
  for (const { nodes, pairs, couples: own } of chunks) {
    const graphs = new Set(batch.graphOfNode.subarray(nodes.from, nodes.from + nodes.count))
    if (pairs.count > 256) expect(graphs.size).toBe(1)
    for (const list of [couples.first, couples.second])
      for (const p of list.subarray(own.from, own.from + own.count))
        if (p >= 0) expect(graphs.has(batch.graphOfNode[batch.i[p]])).toBe(true)
  }
})
