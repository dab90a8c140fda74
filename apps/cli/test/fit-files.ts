import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cli, scratch, type Outcome } from './harness.js'

/** A folder for one test, with files put into it. */
export interface Folder {
  readonly path: (name: string) => string
  readonly put: (name: string, content: string | Uint8Array) => string
}

export function folder(): Folder {
  const root = scratch()
  const path = (name: string) => join(root, name)
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content)
    return path(name)
  }
  return { path, put }
}

export const fit = (path: string, ...more: string[]): Promise<Outcome> =>
  cli(['fit', 'separable', path, '--k', '3', ...more])

export const good = 'a,b,kind\n1,2,x\n3,1,y\n2,2,x\n4,1,y\n'
