import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import {
  countNames,
  gqaScenes,
  readExchange,
  readGqa,
  readVg150,
  readVisualGenome,
  readVrd,
  SceneDataError,
  visualGenomeScenes,
  vocabularyOf,
  type AnnotatedScene,
  type NameCounts,
  type SceneHeader,
  type SceneSource,
  type Vg150Split,
  type Vocabulary,
} from '@nonconvex/structured/load'
import { badInput, interrupted } from '../exit.js'
import { openBytes } from '../input/open-bytes.js'
import { emptyPart } from './empty-part.js'
import { openH5 } from './h5-file.js'
import { sceneFilesOf, type SceneFiles, type SceneFormat } from './scene-format.js'

/** How a set of scenes is to be read. */
export interface ScenesRequest {
  readonly path: string
  readonly format?: SceneFormat
  /** of VG150 */
  readonly split: Vg150Split
  /** by which another part is asked for */
  readonly splitFlag?: string | undefined
  /** corners cut to integers, of VG150 */
  readonly integerBoxes?: boolean
  /** names that a model knows, for formats without fixed lists */
  readonly vocabulary?: Vocabulary
  /** how many names to keep where there is no vocabulary */
  readonly classes?: number
  readonly predicates?: number
  /** predicates to leave out, of GQA */
  readonly without?: readonly string[]
  readonly signal: AbortSignal
}

/** Scenes that are read one after the other, from whichever files. */
export interface OpenedScenes {
  readonly format: SceneFormat
  readonly header: SceneHeader
  /** which part of the files was read: of formats other than VG150 all */
  readonly part: Vg150Split
  /** whether its published evaluation counts the last pixel of a box */
  readonly inclusive: boolean
  /** goes through all scenes, once; faults name file, line and image */
  readonly each: (visit: (scene: AnnotatedScene) => void | Promise<void>) => Promise<void>
  readonly dropped: SceneSource['dropped']
  /** SHA-256 of the files, once all scenes were read */
  readonly digest: () => string
  readonly close: () => void
}

/** Opens scenes. Names are counted in a first pass where the format has no lists of them and no model gives them. */
export async function openScenes(request: ScenesRequest): Promise<OpenedScenes> {
  const { path, signal } = request
  const { format, files } = await sceneFilesOf(path, request.format)
  const digests = new Map<string, string>()
  const pieces = (part: string): AsyncIterable<Uint8Array> => piecesOf(files[part], part)
  async function* piecesOf(file: string, part: string): AsyncIterable<Uint8Array> {
    const opened = await openBytes(file, signal)
    yield* opened.pieces
    digests.set(part, opened.digest())
  }
  const h5 = format === 'vg150' ? await openH5(files['h5']) : undefined
  try {
    const source = await sourceOf()
    return {
      ...{ format, header: source.header, dropped: source.dropped },
      part: format === 'vg150' ? request.split : 'all',
      inclusive: format === 'vg150' || format === 'visual-genome',
      each: async (visit) => {
        try {
          let images = 0
          for await (const scene of source.scenes) {
            if (signal.aborted) throw interrupted('interrupted while reading; nothing was written')
            await visit(scene)
            images++
          }
          if (images === 0 && format === 'vg150')
            throw emptyPart(path, request.split, request.splitFlag)
          // the library reads parts of the file; the digest is of all of it
          if (h5) await readThrough(pieces('h5'))
        } catch (error) {
          throw sceneFault(path, error)
        }
      },
      digest: () => {
        const parts = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, digest]) => digest)
        return parts.length === 1
          ? parts[0]
          : createHash('sha256').update(parts.join()).digest('hex')
      },
      close: () => h5?.close(),
    }
  } catch (error) {
    h5?.close()
    throw sceneFault(path, error)
  }

  async function sourceOf(): Promise<SceneSource> {
    switch (format) {
      case 'ndjson':
        return readExchange(pieces('scenes'))
      case 'vg150': {
        const { split, integerBoxes } = request
        return readVg150(
          {
            h5: h5?.source ?? { rows: () => undefined },
            dicts: pieces('dicts'),
            images: pieces('images'),
          },
          { split, ...(integerBoxes && { integerBoxes }) },
        )
      }
      case 'visual-genome': {
        const parts = () => ({
          images: pieces('images'),
          ...(has(files, 'graphs') && { sceneGraphs: pieces('graphs') }),
          ...(has(files, 'objects') && { objects: pieces('objects') }),
          ...(has(files, 'relationships') && { relationships: pieces('relationships') }),
        })
        return readVisualGenome(parts(), await named(() => countNames(visualGenomeScenes(parts()))))
      }
      case 'gqa': {
        const options = { ...(request.without && { without: request.without }) }
        return readGqa(
          pieces('scenes'),
          await named(() => countNames(gqaScenes(pieces('scenes'), options))),
          options,
        )
      }
      case 'vrd':
        return readVrd({
          annotations: pieces('annotations'),
          objects: pieces('objects'),
          predicates: pieces('predicates'),
          sizes: pieces('sizes'),
        })
    }
  }

  async function named(counted: () => Promise<NameCounts>): Promise<Vocabulary> {
    const { vocabulary, classes, predicates } = request
    if (vocabulary !== undefined) return vocabulary
    return vocabularyOf(await counted(), {
      ...(classes !== undefined && { classes }),
      ...(predicates !== undefined && { predicates }),
    })
  }
}

async function readThrough(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]()
  while ((await iterator.next()).done !== true);
}

const has = (files: SceneFiles['files'], part: string): boolean => Object.hasOwn(files, part)

/** What to tell the user when scenes cannot be used: file, line, image, problem. */
export function sceneFault(path: string, error: unknown): unknown {
  if (!(error instanceof SceneDataError)) return error
  const { line, image, part } = error.place
  const known = part === basename(path) || part === 'annotations'
  const where = [
    path,
    ...(part === undefined || known ? [] : [part]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(image === undefined ? [] : [`image ${JSON.stringify(image)}`]),
  ].join(', ')
  return badInput(`${where}: ${error.problem}`, { cause: error })
}

/** Throws unless data and model speak of the same classes and predicates. */
export function sameNames(
  path: string,
  header: Vocabulary,
  expected: Vocabulary,
  whose: string,
): void {
  for (const what of ['classes', 'predicates'] as const) {
    const [mine, theirs] = [header[what], expected[what]]
    const at = mine.findIndex((name, i) => i > 0 && name !== theirs[i])
    if (at > 0 || mine.length !== theirs.length)
      throw badInput(
        `${path}: expected the ${what} of ${whose}, ${theirs.length - 1} of them, got ${
          at > 0
            ? `${JSON.stringify(mine[at])} as number ${at}, which there is ${JSON.stringify(theirs[at] ?? 'none')}`
            : `${mine.length - 1}`
        }`,
      )
  }
}
