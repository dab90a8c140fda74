import type { ReadScenes } from '@nonconvex/experiments'

/** Reads annotated scenes; the loaders are brought for runs that name a file, and for no others. */
export const readScenes: ReadScenes = async (data, test, signal) => {
  const loaders = await import('../scenes/read-scenes.js')
  return loaders.readScenes(data, test, signal)
}
