import type { Vg150Split } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import { splits } from './scene-flags.js'

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
  if (images === 0) return badInput(`${path}: expected images, got a file with none; give another`)
  const others = part === 'train' ? ['all', 'val'] : splits.filter((each) => each !== part)
  const why =
    part === 'train'
      ? 'the train part is empty: the first 5,000 of the images for training are val, and there are no more'
      : `the ${part} part is empty`
  const remedy =
    flag === undefined ? 'give files that have one' : `give ${flag} ${others.join(' or ')}`
  return badInput(`${path}: ${why}; ${remedy}`)
}
