import { expose } from 'comlink'
import { createLab, type Lab } from './lab.js'
import type { ScenesWorker } from './messages.js'
import file from './networks.safetensors?url'
import { unpacked } from './weights-file.js'

/** Progress is reported at most this often, in milliseconds. */
const pause = 50

let lab: Lab | undefined

function there(): Lab {
  if (!lab) throw new Error('no trained models')
  return lab
}

const worker: ScenesWorker = {
  train(settings, onProgress) {
    lab = createLab(settings)
    const training = lab.training()
    let free = 0
    for (;;) {
      const next = training.next()
      if (next.done === true) return Promise.resolve(next.value)
      const now = performance.now()
      if (now < free) continue
      free = now + pause
      onProgress(next.value)
    }
  },
  async shipped() {
    const response = await fetch(file)
    if (!response.ok) throw new Error('the trained networks cannot be loaded')
    const stored = unpacked(new Uint8Array(await response.arrayBuffer()))
    lab = createLab(stored.settings)
    lab.restore(stored.trained.weights)
    return stored
  },
  load(settings, trained) {
    lab = createLab(settings)
    lab.restore(trained.weights)
  },
  ask: (query) => there().ask(query),
  check: (model) => there().check(model),
}

expose(worker)
