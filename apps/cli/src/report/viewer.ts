import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Result } from '@nonconvex/experiments'
import { valueText } from '../command-line/settings.js'

/** The folder of a report that holds the viewer. */
export const viewerName = 'viewer'

/** What a page with links to its viewer contains, and no other. */
export const linksToViewer = (page: string): boolean =>
  page.includes(`href="${viewerName}/index.html#/run/`)

/** The viewer's page of a result, with its parameters and seed, relative to the report. */
export function viewerLink({
  experiment,
  params,
  seed,
}: Pick<Result, 'experiment' | 'params' | 'seed'>): string {
  const values = Object.entries(params).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(valueText(value))}`,
  )
  return `${viewerName}/index.html#/run/${experiment}?${[...values, `seed=${seed}`].join('&')}`
}

/** The files of a built viewer by the names that they have in a report. */
export function viewerFiles(built: string): ReadonlyMap<string, Uint8Array> {
  const files = readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    files.map((path): [string, Uint8Array] => [
      [viewerName, ...relative(built, path).split(sep)].join('/'),
      readFileSync(path),
    ]),
  )
}
