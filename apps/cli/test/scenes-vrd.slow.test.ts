import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { experiments, parseResult } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

// real annotations, which are not part of the repository; nothing is lost without them but this comparison
const data = join(import.meta.dirname, '../../../../shared/data/scene-graphs/vrd-train.ndjson')
const present = existsSync(data)
if (!present) console.log('left out: structured/scenes on VRD: its annotations are not beside the repository') // prettier-ignore

if (present)
  describe('structured/scenes on VRD', () => {
    it(
      'has the counts to the digits of the reference, and the network above them',
      { timeout: 3_600_000 },
      async () => {
        const out = join(scratch(), 'out')
        const small = ['train=100', 'test=20', 'steps=1100', 'hidden=2']
        const done = await cli(
          ['run', 'structured/scenes', '--quick', ...[`data=${data}`, ...small].flatMap((each) => ['--set', each]), '--out', out],
          { experiments },
        ) // prettier-ignore
        // the networks on synthetic scenes are too small to be right about those
        expect(done.status, done.err).toBeLessThan(2)
        const text = readFileSync(join(out, 'result.json'), 'utf8')
        const { tables, verdicts } = parseResult(text, out)
        const { columns = [], rows = [] } = tables.find(({ id }) => id === 'data-recall') ?? {}
        const recalls = (rule: string, from: string) => {
          const row = rows.find((cells) => cells.includes(rule) && cells.includes(from)) ?? []
          return ['r20', 'r50', 'r100'].map((name) =>
            Number(row[columns.findIndex((column) => column.name === name)]),
          )
        }
        for (const [rule, digits] of [
          ['one predicate a pair', ['43.80', '50.34', '51.86']],
          ['all predicates', ['51.90', '68.08', '77.66']],
        ] as const) {
          const counts = recalls(rule, 'counts')
          expect(counts.map((r) => r.toFixed(2))).toEqual(digits)
          const network = recalls(rule, 'network')
          console.log(`VRD, ${rule}: network ${network.map((r) => r.toFixed(2)).join(' / ')}`)
          network.forEach((r, i) => expect(r).toBeGreaterThan(counts[i]))
        }
        const verdict = verdicts.find(({ claim }) => claim === 'structured/network-above-counts')
        console.log(verdict?.statement)
        expect(verdict?.status).toBe('holds')
      },
    )
  })
