import { join } from 'node:path'
import {
  demoDetections,
  demoScene,
  demoVocabulary,
  type DemoScene,
} from '@nonconvex/structured/demo'
import { scenePicture } from '@nonconvex/structured/picture'
import { exchangeHeader, exchangeLine, type AnnotatedScene } from '@nonconvex/structured/load'
import { stream } from '@nonconvex/tensor'
import { exit, interrupted } from '../exit.js'
import { detectionDefaults, type ScenesFlags } from '../command-line/data-commands.js'
import { writeAtomically } from '../files/atomic.js'
import { fileName, checkPicturesFolder } from '../files/out-folder.js'
import { openSink } from '../files/text-sink.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { counted } from '@nonconvex/optim/claims'

/** Scenes that are drawn. */
const PICTURES = 20

/** Scenes between two looks at whether to stop: what waits between them is Ctrl-C. */
const PAUSE = 50

/**
 * `nonconvex scenes`: synthetic annotated images in the exchange format, to try the other commands
 * on.
 */
export async function scenes(host: Host, terminal: Terminal, flags: ScenesFlags): Promise<number> {
  const { out, pictures, force = false, detections = false, seed } = flags
  if (pictures !== undefined) checkPicturesFolder(pictures, force)
  const header = { dataset: 'demo', split: `seed ${seed}`, ...demoVocabulary }
  const root = stream(seed)
  const sink = openSink(out, { stdout: host.stdout, force, inputs: [] })
  const found = { boxes: 0, relations: 0 }
  try {
    await sink.write(`${exchangeHeader(header)}\n`)
    for (let t = 0; t < flags.count; t++) {
      if (t % PAUSE === 0) await new Promise((resume) => setImmediate(resume))
      if (host.signal.aborted)
        throw interrupted(out === undefined ? 'interrupted' : 'interrupted; nothing was written')
      const source = root.child('scene', t)
      const truth = demoScene(source, flags)
      const id = `${truth.kind}-${t + 1}`
      const scene: AnnotatedScene = detections
        ? { ...demoDetections(source, { ...detectionDefaults, ...flags }), id }
        : { ...truth, id }
      await sink.write(`${exchangeLine(scene, header)}\n`)
      found.boxes += scene.boxes.length
      found.relations += scene.relations?.length ?? 0
      if (pictures !== undefined && t < PICTURES) draw(pictures, t + 1, { ...truth, id })
    }
    sink.close()
  } finally {
    sink.release()
  }
  const { boxes, relations } = found
  terminal.hint(
    `${counted(flags.count, 'scene')} with ${counted(boxes, 'box', 'boxes')}${detections ? '' : ` and ${counted(relations, 'relation')}`}${out === undefined ? '' : `; written to ${out}`}`,
  )
  if (pictures !== undefined)
    terminal.hint(
      `pictures of the first ${counted(Math.min(flags.count, PICTURES), 'scene')} in ${pictures}`,
    )
  return exit.done
}

/** What is annotated, as a picture: of detections, too, what they are of. */
function draw(folder: string, number: number, scene: DemoScene): void {
  const name = `${String(number).padStart(3, '0')}-${fileName(String(scene.id))}.svg`
  writeAtomically(
    join(folder, name),
    scenePicture(scene, demoVocabulary, { title: String(scene.id) }),
  )
}
