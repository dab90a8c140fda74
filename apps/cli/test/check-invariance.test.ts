import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cli, scratch, type Outcome } from './harness.js'
import { program } from './program.js'

/** Writes a module and checks it. */
async function check(source: string, ...flags: readonly string[]): Promise<Outcome> {
  const path = join(scratch(), 'model.mjs')
  writeFileSync(path, source)
  const outcome = await cli(['check-invariance', path, ...flags])
  const hide = (text: string) => text.replaceAll(path, 'model.mjs')
  return { ...outcome, out: hide(outcome.out), err: hide(outcome.err) }
}

const label = (expression: string): string =>
  `export default ({ nodes, edges, mask }) => {
    const x = nodes.map(([first]) => first)
    return { nodes: x.map((_, i) => ${expression}) }
  }`

const lstm = `
const sigmoid = (t) => 1 / (1 + Math.exp(-t))
export function F({ nodes, mask }) {
  return { nodes: nodes.map((_, i) => {
    let [c, h] = [0, 0]
    nodes.forEach(([x], j) => {
      if (!mask[i][j]) return
      c = sigmoid(x + h + 1) * c + sigmoid(x - h) * Math.tanh(2 * x + h)
      h = sigmoid(h - x) * Math.tanh(c)
    })
    return h
  }) }
}`

describe('a function that reads positions: status 1 and a small counterexample in words', () => {
  const violators: readonly [string, string, number][] = [
    ['prefix sums', label('x.slice(0, i + 1).reduce((sum, y) => sum + y, 0)'), 2],
    ['argsort as a feature', label('[...x.keys()].sort((a, b) => x[a] - x[b])[i]'), 2],
    ['the index as a feature', label('x[i] + i'), 2],
    ['an LSTM over the neighbours in order', lstm, 3],
  ]
  it.each(violators)('%s', async (_, source, nodes) => {
    const { status, out, err } = await check(source)
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(out).toMatch(/^✘ violated {2}model\.mjs, export (default|F)\n/)
    expect(out).toMatch(new RegExp(`^    ${nodes} nodes, .*: node \\d had the label .*`, 'm'))
    expect(out.match(/^ {4}node \d: /gm)).toHaveLength(nodes)
  })

  it('the whole of what is said of prefix sums', async () => {
    const { out } = await check(violators[0][1])
    expect(out).toBe(
      [
        '✘ violated  model.mjs, export default',
        '    2 nodes, 0 and 1 swapped: node 0 had the label 0; it is node 1 afterwards and has 1 (off by 1)',
        '    node 0: 0',
        '    node 1: 1',
        '    all other pairs: 0',
        '    found on input 51, shrunk to minimal',
        '',
      ].join('\n'),
    )
  })

  it('--json: one document, the input as the function gets it', async () => {
    const { status, out } = await check(violators[0][1], '--json', '--exact', '--seed', '3')
    const document = JSON.parse(out) as Record<string, unknown>
    expect(status).toBe(1)
    expect(document).toMatchObject({
      schema: 'nonconvex/invariance-check@1',
      export: 'default',
      ok: false,
      options: { nodes: 1, edges: 1, sizes: [1, 2, 3, 5, 8], trials: 50, exact: true, seed: 3 },
      counterexample: {
        nodes: [[0], [expect.any(Number)]],
        mask: [
          [0, 1],
          [1, 0],
        ],
        edges: [
          [[0], [0]],
          [[0], [0]],
        ],
        sigma: [1, 0],
        kind: 'node',
      },
    })
  })

  it('labels that are no numbers, NaN, and those of pairs', async () => {
    const words = await check(label("i === 0 ? 'first' : 'later'"), '--exact')
    expect(words.status).toBe(1)
    expect(words.out).toMatch(/had the label "(first|later)"; it is .* has "(first|later)"\n/)
    const control = await check(label("i === 0 ? 'a\\n\\x1b[31mred' : 'later'"), '--exact')
    expect(control.out).toContain(String.raw`"a\n\u001b[31mred"`)
    expect(control.out).not.toContain('\x1b')
    const nan = await check(label('i === 0 ? NaN : 1'), '--json')
    expect(JSON.parse(nan.out)).toMatchObject({ counterexample: { error: 'Infinity' } })
    const pairs = `export default ({ nodes }) => ({ edges: nodes.map((_, i) => nodes.map((_, j) => i < j)) })`
    expect((await check(pairs)).out).toMatch(/pair \d → \d had the label (true|false)/)
    expect(
      (
        await check(
          'export default ({ nodes }) => ({ nodes: nodes.map(() => 1), edges: nodes.map((_, i) => nodes.map((_, j) => i < j)) })',
          '--outputs',
          'nodes',
        )
      ).status,
    ).toBe(0)
  })
})

describe('a function that does not: status 0, and evidence is not called proof', () => {
  const structured = import.meta.resolve('@nonconvex/structured')
  const presets = `
import { deepSets, gpiLayer, graphOf, messagePassing, parallelBeliefPropagation, parallelMeanField } from '${structured}'
const rows = ({ rows, cols, data }) =>
  Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols))
const of = (layer) => ({ nodes, edges, mask }) => ({ nodes: rows(layer(graphOf(nodes, edges, mask)).nodes) })
const sum = { width: 1, map: ([a], [b], [c]) => [Math.sin(a) + b * c] }
const out = { width: 1, map: (...all) => [all.reduce((s, [x]) => s + x, 0)] }
export const sets = of(deepSets({ alpha: { width: 1, map: ([x]) => [x * x] }, rho: out }))
export const local = of(gpiLayer({ phi: sum, alpha: { width: 1, map: ([a], [s]) => [a * s] }, rho: out }))
export const literal = of(gpiLayer({ readout: 'literal', phi: sum, alpha: { width: 1, map: ([a], [s]) => [a * s] }, rho: out }))
export const attention = of(gpiLayer({ pool: { attention: 'feature', beta: sum.map }, phi: sum, rho: { width: 1, map: ([a], [s]) => [a * s] } }))
export const messages = of(messagePassing({ message: sum, update: out, steps: 2 }))
// these take only pairs that exist both ways, with scores transposed: such a graph is made of any,
// in no order
const both = ({ nodes, edges, mask }) => ({
  nodes,
  edges: edges.map((row, i) => row.map(([a, b, c, d], j) => {
    const [e, f, g, h] = edges[j][i]
    return [a + e, b + g, c + f, d + h]
  })),
  mask: mask.map((row, i) => row.map((bit, j) => bit & mask[j][i])),
})
const pairwise = (layer) => (graph) => of(layer)(both(graph))
export const field = pairwise(parallelMeanField({ labels: 2, steps: 3 }))
export const beliefs = pairwise(parallelBeliefPropagation({ mode: 'sum', labels: 2, steps: 3, damping: 0.5 }))
export const rank = ({ nodes }) => ({ nodes: nodes.map(([x]) => nodes.filter(([y]) => y < x).length), graph: nodes.length })
`
  it.each([
    ...['sets', 'local', 'literal', 'attention', 'messages', 'rank'].map((name) => [name]),
    ...['field', 'beliefs'].map((name) => [name, '--nodes', '2', '--edges', '4']),
  ])('%s', async (name, ...flags) => {
    const { status, out, err } = await check(presets, '--export', name, '--trials', '48', ...flags)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toMatch(
      /✔ holds .*\n {4}no violation in 240 trials, each under up to 5 orders of the nodes\n {4}.* 0?[^\n]*; this is evidence, not proof/,
    )
  })

  it('--json says how far labels moved', async () => {
    const { out } = await check(presets, '--export', 'rank', '--json', '--sizes', '0, 4')
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      trials: 100,
      maxError: 0,
      options: { sizes: [0, 4] },
    })
  })

  it('the example of the documentation, and its mistake', async () => {
    const example = fileURLToPath(new URL('../../docs/examples/own-class.mjs', import.meta.url))
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(readme).toContain(`\`\`\`js\n${readFileSync(example, 'utf8')}\`\`\``)
    expect((await cli(['check-invariance', example, '--nodes', '2'])).status).toBe(0)
    const mistake = await cli([
      'check-invariance',
      example,
      '--nodes',
      '2',
      '--export',
      'withRanks',
    ])
    expect(mistake.status).toBe(1)
    expect(mistake.out).toMatch(/2 nodes, 0 and 1 swapped: node 1 had the label \(0, 1\)/)
  })
})

/** A function that is invariant, and puts something off at each call. */
const late = (statement: string): string =>
  `export default ({ nodes }) => { ${statement}; return { nodes: nodes.map(() => 1) } }`

describe('a module that cannot be checked: status 2, what and on which input', () => {
  const cases: readonly [string, string, RegExp, ...string[]][] = [
    [
      'no export',
      'const a = 1',
      /expected a function as default export, got a module that exports none/,
    ],
    [
      'several exports',
      'export const G = () => 1, H = () => 2',
      /expected a default export or one function, got G, H; .*--export NAME/,
    ],
    [
      'a default export that is no function',
      'export default 5',
      /expected a function as export default, got one that is no function \(number\)/,
    ],
    [
      'a name that is not exported',
      'export const G = () => 1',
      /expected a function as export H, got none; it exports G/,
      '--export',
      'H',
    ],
    [
      'no JavaScript',
      'export defaul 5',
      /expected an ES module, got SyntaxError: .*; node --check/,
    ],
    [
      'an import that is not there',
      "import 'no-such-package-here'",
      /expected an ES module, got Error: Cannot find package 'no-such-package-here'/,
    ],
    [
      'a module that throws',
      'throw new Error("not today")',
      /expected an ES module, got Error: not today \(model\.mjs:1:7\)/,
    ],
    [
      'an exception, with its place and input',
      'export default ({ nodes, mask }) => {\n  if (nodes.length > 1 && !mask[0][1]) null.x\n  return { nodes }\n}',
      /the function threw TypeError: Cannot read properties of null \(reading 'x'\) \(model\.mjs:2:45\)\n {2}for the input\n {4}2 nodes\n {4}node 0: [-.\d]+\n {4}node 1: /,
    ],
    [
      'something thrown that is no error',
      'export default () => { throw "no" }',
      /the function threw no\n {2}for the input\n {4}1 node\n/,
    ],
    [
      'an async function',
      'export default async ({ nodes }) => ({ nodes })',
      /expected labels, got a promise; the function must not be async/,
    ],
    [
      'dropout left on',
      'export default ({ nodes }) => ({ nodes: nodes.map(() => Math.random()) })',
      /two calls on one input of 1 node gave different labels; switch dropout .* off\n {2}for the input/,
    ],
    [
      'a list',
      'export default ({ nodes }) => nodes',
      /expected \{ nodes, edges\?, graph\? \}, got a list; return \{ nodes: … \}/,
    ],
    ['nothing', 'export default () => {}', /expected \{ nodes, edges\?, graph\? \}, got nothing/],
    [
      'no labels',
      'export default () => ({ labels: [1] })',
      /with one of them at least, got none of them/,
    ],
    [
      'too few labels',
      'export default ({ nodes }) => ({ nodes: nodes.slice(1) })',
      /nodes: expected 1 entries, one for each node, got 0\n/,
    ],
    [
      'a label that is none',
      'export default ({ nodes }) => ({ nodes: nodes.map(() => [1, null]) })',
      /nodes\[0\]\[1\]: expected a number, a word, true or false, or a list of these, got null/,
    ],
    [
      'a hole',
      'export default ({ nodes }) => ({ nodes: new Array(nodes.length) })',
      /nodes\[0\]: expected a number.*got nothing/,
    ],
    [
      'a label that holds itself',
      'const a = []; a.push(a); export default ({ nodes }) => ({ nodes: nodes.map(() => a) })',
      /got a list/,
    ],
    [
      'labels of pairs in one list',
      'export default ({ nodes }) => ({ edges: nodes.flatMap(() => nodes.map(() => 1)) })',
      /edges(\[0\])?: expected/,
    ],
    [
      'pairs without a label',
      'export default ({ nodes }) => ({ edges: nodes.map(() => nodes.map(() => {})) })',
      /edges\[0\]\[1\]: expected a number.*got nothing/,
    ],
    [
      'a graph of words',
      'export default () => ({ graph: ["a"] })',
      /graph: expected a number or a list of numbers, got "a"/,
    ],
    [
      'labels that were asked for',
      'export default ({ nodes }) => ({ nodes: nodes.map(() => 1) })',
      /expected edges among the labels, as --outputs asks for/,
      '--outputs',
      'edges',
    ],
    [
      'an end of the program',
      'export default () => process.exit(0)',
      /expected a function that returns, got one that ended the program/,
    ],
    [
      'a call that does not return',
      'export default ({ nodes }) => { for (; nodes.length > 1;); return { nodes } }',
      // as long as a module may take to load on a busy machine
      /a function that returns within 2 s, got call \d+, .*--timeout/,
      '--timeout',
      '2',
    ],
    ['a module that runs for ever', 'for (;;);', /loads within 0\.3 s/, '--timeout', '0.3'],
    [
      'a top-level await that waits for ever',
      'setInterval(() => {}, 1e6); await new Promise(() => {})',
      /loads within 0\.3 s.*top-level await/,
      '--timeout',
      '0.3',
    ],
    [
      'a top-level await that nothing can end',
      'await new Promise(() => {})',
      /top-level await never ends/,
    ],
    [
      'labels that throw when they are read',
      'export default () => ({ get nodes() { throw null } })',
      /reading the labels threw null/,
    ],
    [
      'an error while the module is loaded',
      'setTimeout(() => { throw new Error("later") }); await new Promise(() => {})',
      /uncaught [^\n]*Error: later \(model\.mjs:1:26\)/,
    ],
    [
      'an error in a timer, after the last call',
      late('setTimeout(() => { throw new TypeError("late") })'),
      /uncaught [^\n]*TypeError: late \(model\.mjs:\d+:\d+\)/,
    ],
    [
      'one of the last calls alone',
      `let calls = 0\n${late('const now = ++calls; setTimeout(() => { if (now === calls) throw new Error("last") })')}`,
      /uncaught [^\n]*Error: last/,
    ],
    [
      'a word that is thrown in an immediate',
      late('setImmediate(() => { throw "no" })'),
      /uncaught [^\n]* no; /,
    ],
    [
      'a promise that nothing handles',
      late('Promise.reject(new Error("x"))'),
      /rejection: Error: x \(model\.mjs:\d+:\d+\)/,
    ],
    ['a promise that is rejected with nothing', late('Promise.reject()'), /rejection: undefined; /],
    [
      'an end of the program after the last call',
      late('setTimeout(() => process.exit(0))'),
      /expected a function that returns, got one that ended the program/,
    ],
  ]
  it.each(cases)('%s', async (_, source, message, ...flags) => {
    const { status, out, err } = await check(source, ...flags)
    expect(err).toMatch(message)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('a file that is not there, flags out of range', async () => {
    const missing = await cli(['check-invariance', '/nowhere/model.mjs'])
    expect(missing).toMatchObject({ status: 2, out: '' })
    expect(missing.err).toMatch(/\/nowhere\/model\.mjs/)
    for (const [flags, message] of [
      [['--sizes', '1,x'], /Expected whole numbers from 0 to 200/],
      [['--sizes', '201'], /Expected whole numbers from 0 to 200/],
      [['--sizes', '1,0'], /--sizes 1,0: .*--sizes 1,2,3/],
      [['--trials', '0'], /Expected a whole number from 1/],
      [['--tol', '-1'], /Expected a number from 0/],
      [['--exact', '--tol', '1'], /'--exact' cannot be used with option '--tol/],
    ] as const) {
      const { status, err } = await check('export default () => 1', ...flags)
      expect(status).toBe(2)
      expect(err).toMatch(message)
    }
  })

  it('--debug shows where the exception came from', async () => {
    const { err } = await check('export default function F() { throw new Error("no") }', '--debug')
    expect(err).toMatch(/caused by: Error: no\n {4}at .*model\.mjs:1:/)
  })
})

it('labels that are NaN hide what they stand for, and that is said', async () => {
  const hidden = await check(label('(i > 0 ? i : 1) * NaN'), '--trials', '4', '--sizes', '2')
  expect(hidden.status).toBe(0)
  expect(hidden.err).toMatch(/^(\d+) of \1 calls [^\n]*NaN/)
  const some = await check(label('x[i] > 0 ? x[i] : NaN'), '--trials', '48', '--sizes', '2')
  expect(some.codes).toEqual(['labels-nan'])
  expect((await check(label('x[i]'), '--trials', '4', '--sizes', '2')).err).toBe('')
})

it('messages of the module are not the reply, and a huge label hides no other', async () => {
  const posting = await check(
    `import { parentPort } from 'node:worker_threads'\nparentPort.postMessage({})\n${label('1')}`,
  )
  expect(posting).toMatchObject({ status: 0, err: '' })
  const huge = await check(
    'export default ({ nodes }) => ({ nodes: nodes.map((_, i) => i), graph: [1e12] })',
  )
  expect(huge.status).toBe(1)
  expect(huge.out).toMatch(/node \d had the label/)
})

it('what is put off and does no harm is not told, nor waited for', async () => {
  const calm = await check(
    late('setTimeout(() => {}, 0); setInterval(() => {}, 5); Promise.reject().catch(() => {})'),
  )
  expect(calm).toMatchObject({ status: 0, err: '' })
})

it('a file that this Node does not load is refused with what it loads', async () => {
  const path = join(scratch(), 'model.coffee')
  writeFileSync(path, 'export default () => 1')
  const { status, err, codes } = await cli(['check-invariance', path])
  expect({ status, codes }).toEqual({ status: 2, codes: ['function-invalid'] })
  expect(err).toMatch(/got the file type \.coffee; [^\n]*\.mjs/)
  expect(err).not.toContain('22.18')
})

it('what the function prints is no part of the result', async () => {
  const { status, out, err } = await check(
    "console.log('\\x1b[1mloaded'); export default ({ nodes }) => ({ nodes: nodes.map(() => 1) })",
    '--json',
  )
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ ok: true })
  expect(err).toBe('\\u001b[1mloaded\n')
})

it('Ctrl-C ends a function that never returns', async () => {
  const path = join(scratch(), 'model.mjs')
  writeFileSync(path, "export default () => { console.log('begun'); for (;;); }")
  const { status, out, err } = await program(['check-invariance', path], {
    onErr: (text, kill) => {
      if (text === 'begun\n') kill('SIGINT')
    },
  })
  expect({ status, out }).toEqual({ status: 130, out: '' })
  expect(err).toMatch(/^begun\nnonconvex: interrupted/)
}, 20_000)

it('--timeout ends a function that waits for the system, which no thread can be ended in', async () => {
  const path = join(scratch(), 'model.mjs')
  const wait = "execSync('sleep 60', { stdio: 'ignore' })"
  writeFileSync(path, `import { execSync } from 'node:child_process'\nexport default () => ${wait}`)
  const start = performance.now()
  const { status, err } = await program(['check-invariance', path, '--timeout', '0.5'])
  expect(status).toBe(2)
  expect(err).toContain('--timeout')
  expect(performance.now() - start).toBeLessThan(20_000)
}, 30_000)
