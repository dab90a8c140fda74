import { expect, it } from 'vitest'
import { markdownLines } from '../frame/markdown.mjs'

it('makes a table of each bench, failures included', () => {
  const lines = markdownLines({
    machine: { processor: 'P', cores: 2, node: '20', v8: '11', load: 0.25 },
    rivals: { numpy: ['2.2 (/usr/bin/python3)'] },
    missing: { torch: 'apt-get install python3-torch' },
    benches: [
      {
        name: 'doubling',
        about: 'twice x',
        tasks: [
          {
            title: 'x of 4',
            rows: [
              { label: 'ours', ms: 2, ratio: 1 },
              { label: 'NumPy', ms: 250, ratio: 125, note: '1 thread' },
            ],
          },
          { title: 'x of 5', failure: 'the results differ. y[0]\nmore' },
        ],
        tables: [{ title: 'growth', columns: ['n', 'time'], rows: [[4, '2 ms']] }],
      },
    ],
  })
  expect(lines.join('\n')).toBe(`P, 2 cores, load 0.3 before; Node 20, V8 11.
Beside numpy 2.2 (/usr/bin/python3).
Not there: torch.

### doubling: twice x

| task | who | time | ratio to ours |
| --- | --- | --- | --- |
| x of 4 | ours | 2.00 ms | 1 |
|  | NumPy (1 thread) | 250.00 ms | 125 |
| x of 5 | failed: the results differ. y[0] |  |  |

Growth.

| n | time |
| --- | --- |
| 4 | 2 ms |`)
})
