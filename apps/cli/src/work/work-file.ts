import { fileURLToPath } from 'node:url'

/**
 * The built program of a thread or process, in this folder: also where this file is read as
 * TypeScript, as in tests.
 */
export const workFile = (name: string): string =>
  fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts') ? `../../dist/work/${name}.js` : `./${name}.js`,
      import.meta.url,
    ),
  )
