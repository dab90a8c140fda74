import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { badInput } from '../exit.js'
import { fileFault } from '../files/faults.js'
import { requireRegular } from '../files/regular-file.js'
import { firstBytes } from '../input/open-bytes.js'
import { isPipe, needsFormat, statsOf } from '../input/pipes.js'

export const sceneFormats = ['ndjson', 'vg150', 'visual-genome', 'gqa', 'vrd'] as const

export type SceneFormat = (typeof sceneFormats)[number]

/**
 * The files of a set of scenes by what they hold; the first is the one that the user named, or that
 * a folder is known by.
 */
export interface SceneFiles {
  readonly format: SceneFormat
  readonly files: { readonly [part: string]: string }
}

const vgJson = ['scene_graphs.json', 'relationships.json', 'objects.json']

/**
 * Which files DATA names. Formats of several files are given by the folder that holds them, or
 * by one of them.
 *
 * @param given - the format that the user names
 */
export async function sceneFilesOf(path: string, given?: SceneFormat): Promise<SceneFiles> {
  const folder = isFolder(path)
  const at = folder ? path : dirname(path)
  const has = (name: string): boolean => existsSync(join(at, name))
  const format = given ?? (await guess(path, folder, has))
  const beside = (name: string): string => {
    if (has(name)) {
      requireRegular(join(at, name))
      return join(at, name)
    }
    throw badInput(
      'file-missing',
      `${path}: expected ${name} next to it, as ${format} needs it; put all files into one folder`,
    )
  }
  const one = (): string => {
    if (!folder) return path
    throw badInput('file-expected', `${path}: expected a file, got a folder; give the file itself`)
  }
  switch (format) {
    case 'ndjson':
    case 'gqa':
      return { format, files: { scenes: one() } }
    case 'vg150':
      return {
        format,
        files: {
          h5: folder ? beside('VG-SGG.h5') : path,
          dicts: beside('VG-SGG-dicts.json'),
          images: beside('image_data.json'),
        },
      }
    case 'visual-genome': {
      const images = beside('image_data.json')
      if (has('scene_graphs.json'))
        return { format, files: { graphs: beside('scene_graphs.json'), images } }
      const files = { relationships: beside('relationships.json'), images }
      return {
        format,
        files: has('objects.json') ? { ...files, objects: beside('objects.json') } : files,
      }
    }
    case 'vrd': {
      if (folder)
        throw badInput(
          'file-expected',
          `${path}: expected annotations_train.json or annotations_test.json, got a folder; give the file itself`,
        )
      const split = /train/.test(path) ? 'train' : 'test'
      const sizes = [`${split}_image_metadata.json`, 'image_metadata.json'].find(has)
      return {
        format,
        files: {
          annotations: path,
          objects: beside('objects.json'),
          predicates: beside('predicates.json'),
          sizes: beside(sizes ?? `${split}_image_metadata.json`),
        },
      }
    }
  }
}

/** Names of files that are scenes by themselves, and how many of them a message names. */
const oneFile = /\.(ndjson|jsonl)(\.gz)?$|^annotations.*\.json$|scene_?graphs.*\.json(\.gz)?$/i
const NAMED = 5

async function guess(
  path: string,
  folder: boolean,
  has: (name: string) => boolean,
): Promise<SceneFormat> {
  if (folder) {
    if (has('VG-SGG.h5')) return 'vg150'
    if (vgJson.slice(0, 2).some(has)) return 'visual-genome'
    const files = readdirSync(path)
      .filter((name) => oneFile.test(name))
      .sort()
    throw badInput(
      'file-expected',
      files.length > 0
        ? `${path}: expected a file, got a folder; give one of those in it: ${files.slice(0, NAMED).join(', ')}${files.length > NAMED ? ', …' : ''}`
        : `${path}: expected VG-SGG.h5, or scene_graphs.json or relationships.json of Visual Genome, got a folder with neither; give a file`,
    )
  }
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(path)) return 'ndjson'
  if (isPipe(path)) throw needsFormat(path, sceneFormats)
  const head = await firstBytes(path, 64)
  if (/\.(h5|hdf5)$/i.test(path) || String.fromCharCode(...head.subarray(1, 4)) === 'HDF')
    return 'vg150'
  if (vgJson.some((name) => path.endsWith(name)) && has('image_data.json')) return 'visual-genome'
  if (/annotations[^/\\]*\.json$/i.test(path)) return 'vrd'
  if (/scene_?graphs[^/\\]*\.json(\.gz)?$/i.test(path)) return 'gqa'
  if (new TextDecoder().decode(head).includes('"nonconvex-scene-graphs"')) return 'ndjson'
  throw badInput(
    'format-unknown',
    `${path}: cannot detect the scene format; pass --format ${sceneFormats.join(', ')}`,
  )
}

function isFolder(path: string): boolean {
  try {
    return statsOf(path).isDirectory()
  } catch (error) {
    throw fileFault('read', path, error)
  }
}
