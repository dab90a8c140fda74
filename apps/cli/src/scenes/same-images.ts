import type { Vg150Split } from '@nonconvex/structured/load'

/** Which images were read: the files, and the part of them. */
export interface ImagesRead {
  /** SHA-256 of the files */
  readonly sha256: string
  /** of VG150; where nothing is said it may be any */
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
