import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import {
  countNames,
  gqaScenes,
  plainName,
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
import { didYouMean } from '@nonconvex/experiments'
import { badInput, interrupted, type Note } from '../exit.js'
import { openBytes } from '../input/open-bytes.js'
import { openH5 } from './h5-file.js'
import { sceneFilesOf, type SceneFiles, type SceneFormat } from './scene-format.js'
import { splits } from './tasks.js'

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
  /** the files that are read */
  readonly paths: readonly string[]
  readonly header: SceneHeader
  /** which part of the files was read: of formats other than VG150 all */
  readonly part: Vg150Split
  /** whether its published evaluation counts the last pixel of a box */
  readonly inclusive: boolean
  /** goes through all scenes, once; faults name file, line and image */
  readonly each: (visit: (scene: AnnotatedScene) => void | Promise<void>) => Promise<void>
  readonly dropped: SceneSource['dropped']
  /** images so far that have the id of another one before */
  readonly repeated: () => number
  /** SHA-256 of the files, once all scenes were read */
  readonly digest: () => string
  readonly close: () => void
}

/**
 * Opens scenes. Names are counted in a first pass where the format has no lists of them and no
 * model gives them.
 */
export async function openScenes(request: ScenesRequest): Promise<OpenedScenes> {
  const { path, signal } = request
  const { format, files } = await sceneFilesOf(path, request.format)
  const digests = new Map<string, string>()
  const pieces = (part: string): AsyncIterable<Uint8Array> => piecesOf(files[part], part)
  async function* piecesOf(file: string, part: string): AsyncIterable<Uint8Array> {
    const opened = openBytes(file, signal)
    yield* opened.pieces
    digests.set(part, opened.digest())
  }
  const ids = new Set<string>()
  let images = 0
  const h5 = format === 'vg150' ? await openH5(files['h5']) : undefined
  try {
    const source = await sourceOf()
    return {
      format,
      paths: Object.values(files),
      header: source.header,
      dropped: source.dropped,
      part: format === 'vg150' ? request.split : 'all',
      inclusive: format === 'vg150' || format === 'visual-genome',
      each: async (visit) => {
        try {
          for await (const scene of source.scenes) {
            if (signal.aborted) throw interrupted('interrupted while reading')
            await visit(scene)
            images++
            ids.add(String(scene.id))
          }
          if (images === 0 && h5) {
            const inAllParts = h5.source.rows('split')?.shape[0] ?? 0
            throw emptyPart(path, inAllParts, request.split, request.splitFlag)
          }
          // the library reads parts of the file; the digest is of all of it
          if (h5) await readThrough(pieces('h5'))
        } catch (error) {
          throw sceneFault(path, error)
        }
      },
      repeated: () => images - ids.size,
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
        const dropped = new Map<string, number>()
        const drop = (what: string) => void dropped.set(what, (dropped.get(what) ?? 0) + 1)
        const counted = () => countNames(visualGenomeScenes(parts(), {}, drop))
        return readVisualGenome(parts(), await named(counted, dropped))
      }
      case 'gqa': {
        const options = { ...(request.without && { without: request.without }) }
        return readGqa(pieces('scenes'), await named(countGqa), options)
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

  /** Names of GQA without the dropped ones, which must exist. */
  async function countGqa(): Promise<NameCounts> {
    const { classes, predicates } = await countNames(gqaScenes(pieces('scenes')))
    const without = (request.without ?? []).map((name) => [name, plainName(name)] as const)
    const unknown = without.find(([, plain]) => !predicates.has(plain))
    if (unknown)
      throw badInput(
        'predicate-unknown',
        `${path}: --without ${JSON.stringify(unknown[0])}: no predicate has this name${didYouMean(unknown[1], [...predicates.keys()])}`,
      )
    const unwanted = new Set(without.map(([, plain]) => plain))
    return { classes, predicates: new Map([...predicates].filter(([name]) => !unwanted.has(name))) }
  }

  async function named(
    counted: () => Promise<NameCounts>,
    dropped: ReadonlyMap<string, number> = new Map(),
  ): Promise<Vocabulary> {
    const { vocabulary, classes, predicates } = request
    if (vocabulary !== undefined) return vocabulary
    const counts = await counted()
    if (counts.classes.size === 0 || counts.predicates.size === 0)
      throw badInput(
        'names-missing',
        `${path}: expected named objects and relations, got ${counts.classes.size} object names and ${counts.predicates.size} predicates${droppedText(dropped)}`,
      )
    return vocabularyOf(counts, {
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

/** What was dropped, to end a message with. */
export const droppedText = (dropped: ReadonlyMap<string, number>): string =>
  [...dropped].map(([what, times]) => `; dropped: ${what}, ${times}`).join('')

/** The warning about images with duplicate ids. */
export const repeatedIds = (count: number): Note => ({
  code: 'image-ids-repeated',
  text:
    count === 1
      ? '1 image has a duplicate id; both are used'
      : `${count} images have duplicate ids; all are used`,
})

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
  return badInput('data-invalid', `${where}: ${error.problem}`, { cause: error })
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
        'names-differ',
        `${path}: expected the ${what} of ${whose}, ${theirs.length - 1} of them, got ${
          at > 0
            ? `${JSON.stringify(mine[at])} as number ${at} instead of ${JSON.stringify(theirs[at] ?? 'none')}`
            : `${mine.length - 1}`
        }`,
      )
  }
}

/**
 * A file of VG150 without images of a part.
 *
 * @param images - in all parts
 * @param flag - by which another part is asked for, where there is one
 */
export function emptyPart(
  path: string,
  images: number,
  part: Vg150Split,
  flag: string | undefined,
): Error {
  if (images === 0)
    return badInput('data-empty', `${path}: expected images, got a file with none; give another`)
  const others = part === 'train' ? ['all', 'val'] : splits.filter((each) => each !== part)
  const why =
    part === 'train'
      ? 'the train part is empty: the first 5,000 training images are val, and there are no more'
      : `the ${part} part is empty`
  const remedy = flag === undefined ? 'give files with one' : `give ${flag} ${others.join(' or ')}`
  return badInput('part-empty', `${path}: ${why}; ${remedy}`)
}

/**
 * What tells an image from all others: its size, boxes, classes and relations. Ids are those of a
 * file, and images of two files may have the same.
 */
export const imageKey = ({ width, height, boxes, classes, relations }: AnnotatedScene): string =>
  createHash('sha256')
    .update(JSON.stringify([width, height, boxes, classes, relations]))
    .digest('base64')

/** Which images were read: the files, and the part of them. */
export interface ImagesRead {
  /** SHA-256 of the files */
  readonly sha256: string
  /** of VG150; absent if unknown */
  readonly part?: Vg150Split
}

/**
 * Whether some images of the one are images of the other: parts of a file lie apart, and `all`
 * holds each of them.
 */
export const sameImages = (one: ImagesRead, other: ImagesRead): boolean =>
  one.sha256 === other.sha256 &&
  ((one.part ?? 'all') === 'all' || (other.part ?? 'all') === 'all' || one.part === other.part)

/** Whether all images of the one are images of the other. */
export const allAmong = (one: ImagesRead, other: ImagesRead): boolean =>
  one.sha256 === other.sha256 && (other.part === 'all' || one.part === other.part)
