import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { registerLayers } from '@nonconvex/structured/tfjs'
import { stream } from '@nonconvex/tensor'
import { startEngine } from '@nonconvex/tensor/engine'
import { chromium as executable, describeInChromium } from '@tooling/vitest/requires'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer, Numbers } from './chromium/page.ts'

const ORIGIN = 'http://localhost'
const [B, n, C] = [20, 6, 3]

/** Random graphs whose nodes have one of three classes, and the class of most neighbors. */
function graphs(): { inputs: Numbers[]; truth: Numbers } {
  const source = stream(8)
  const classes = Array.from({ length: B * n }, () => source.integer(C))
  const edges = Array.from({ length: B * n * n }, () => source.integer(2))
  const oneHot = (c: number): number[] => Array.from({ length: C }, (_, i) => Number(i === c))
  const most = classes.map((_, at) => {
    const first = at - (at % n)
    const counts = oneHot(-1)
    for (let j = 0; j < n; j++)
      if (first + j !== at) counts[classes[first + j]] += edges[at * n + j]
    return counts.indexOf(Math.max(...counts))
  })
  const nodes = { shape: [B, n, C], values: classes.flatMap(oneHot) }
  return {
    inputs: [nodes, { shape: [B, n, n, 1], values: edges }],
    truth: { shape: [B, n, C], values: most.flatMap(oneHot) },
  }
}

/** Trained here by model.fit: its file, its predictions and its loss. */
async function trained(): Promise<{ saved: number[]; predictions: number[]; loss: number }> {
  const engine = await startEngine({ backend: 'wasm' })
  const { tf } = engine
  const layers = registerLayers(engine)
  const [nodes, pairs] = [tf.input({ shape: [null, C] }), tf.input({ shape: [null, null, 1] })]
  const scores = layers
    .graphPermutationInvariant({ hidden: 16, nodeOutputs: C, seed: 1 })
    .apply([nodes, pairs]) as typeof nodes
  const outputs = tf.layers.activation({ activation: 'softmax' }).apply(scores) as typeof nodes
  const model = tf.model({ inputs: [nodes, pairs], outputs })
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' })
  const { inputs, truth } = graphs()
  const tensor = ({ shape, values }: Numbers): ReturnType<typeof tf.tensor> =>
    tf.tensor([...values], [...shape])
  const x = inputs.map(tensor)
  const { history } = await model.fit(x, tensor(truth), {
    epochs: 40,
    batchSize: B,
    shuffle: false,
    verbose: 0,
  })
  const saved = [...(await engine.saveModel(model))]
  const predictions = [...(model.predict(x) as ReturnType<typeof tensor>).dataSync()]
  engine.dispose()
  return { saved, predictions, loss: Number(history['loss'].at(-1)) }
}

/** The files of a page that loads the layers, bundled as a user would. */
async function pageFiles(): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    root: join(import.meta.dirname, 'chromium'),
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      rolldownOptions: { input: join(import.meta.dirname, 'chromium', 'page.ts') },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]) as {
    output: { fileName: string; code?: string; isEntry?: boolean }[]
  }[]
  const files = new Map<string, string | Uint8Array>()
  for (const { fileName, code, isEntry } of outputs.flatMap(({ output }) => output))
    if (code !== undefined) {
      files.set(`/${fileName}`, code)
      if (isEntry)
        files.set('/', `<!doctype html><script type="module" src="/${fileName}"></script>`)
    }
  const { resolve } = createRequire(import.meta.url)
  const folder = dirname(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'))
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    files.set(`/wasm/${name}`, await readFile(join(folder, name)))
  return files
}

describeInChromium('tfjs layers in Chromium', () => {
  let browser: Browser
  let files: Map<string, string | Uint8Array>
  beforeAll(async () => {
    files = await pageFiles()
    browser = await chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  })
  afterAll(() => browser.close())

  it.each(['wasm', 'cpu'] as const)(
    'a model trained and saved in Node predicts the same there (%s)',
    async (backend) => {
      const { saved, predictions, loss } = await trained()
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => complaints.push(message.text()))
      await page.route('**/*', (route) => {
        const path = new URL(route.request().url()).pathname
        const body = files.get(path)
        if (body === undefined) return route.fulfill({ status: 404 })
        const contentType = path.endsWith('.js')
          ? 'text/javascript'
          : path.endsWith('.wasm')
            ? 'application/wasm'
            : 'text/html'
        return route.fulfill({
          contentType,
          body: typeof body === 'string' ? body : Buffer.from(body),
        })
      })
      await page.goto(`${ORIGIN}/`)
      await page.waitForFunction(() => 'answer' in globalThis)
      const { inputs, truth } = graphs()
      const found = await page.evaluate(
        ([name, model, x, y]) =>
          (globalThis as unknown as { answer: (...args: unknown[]) => Promise<Answer> }).answer(
            name,
            model,
            x,
            y,
          ),
        [backend, saved, inputs, truth] as const,
      )
      expect(complaints.filter((line) => !line.includes('favicon'))).toEqual([])
      expect(found.backend).toBe(backend)
      expect(found.predictions).toHaveLength(B * n * C)
      found.predictions.forEach((p, i) => {
        expect(Math.abs(p - predictions[i])).toBeLessThan(1e-6)
      })
      expect(found.again).toEqual(found.predictions)
      expect(found.leaked).toBe(0)
      // training goes on from where it stood
      expect(found.losses[0]).toBeLessThan(1.2 * loss)
      expect(found.losses.at(-1)).toBeLessThan(found.losses[0])
      await page.close()
    },
  )
})
