import { createLab } from './lab.js'
import type { Settings } from './messages.js'
import { packed, unpacked } from './weights-file.js'

/** Trains the networks that come with the page, and measures them as they come out of their file. */
export function shippedFile(settings: Settings): Uint8Array<ArrayBuffer> {
  const training = createLab(settings).training()
  let next = training.next()
  while (next.done !== true) next = training.next()
  const { trained } = unpacked(packed({ settings, trained: next.value }))
  const lab = createLab(settings)
  lab.restore(trained.weights)
  return packed({ settings, trained: { ...trained, ...lab.tested() } })
}
