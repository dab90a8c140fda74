import { counted } from '@nonconvex/optim/claims'
import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { canonicalJson, type Finding, type Result, type Verification } from '@nonconvex/experiments'
import { failureName, parseFailure, type FailureRecord } from '../files/failure-file.js'
import { readMarker } from '../files/marker.js'
import { foreignProofs, proofsName } from '../files/proof-files.js'
import { bytesAt } from '../files/regular-file.js'
import { resultName } from '../files/result-files.js'
import type { Host } from '../host.js'
import { folderOf, pageName, reportFiles } from '../report/report-files.js'
import { linksToViewer } from '../report/viewer.js'
import { chosenParams } from '../command-line/settings.js'
import { versionNotes, type ReadDocument } from './verify-files.js'

/** A report folder below the path that is verified, with the documents in it. */
export interface ReportFolder {
  readonly root: string
  readonly results: readonly Result[]
}

/**
 * The report folders at or below `folder` among the places of these documents: they hold a page, or
 * their marker requires one. A part of a report does not count: its page is made from all its
 * documents.
 */
export function reportFolders(
  folder: string,
  documents: readonly ReadDocument[],
): readonly ReportFolder[] {
  const roots = new Map<string, Result[]>()
  for (const { path, result } of documents) {
    const inner = join(folderOf(result.experiment), resultName)
    if (path !== inner && !path.endsWith(sep + inner)) continue
    const root = path.slice(0, -inner.length) || '.'
    if (/^\.\.(?=$|[\\/])/.test(relative(folder, root))) continue
    roots.set(root, [...(roots.get(root) ?? []), result])
  }
  return [...roots]
    .filter(([root]) => bytesAt(join(root, pageName)) || readMarker(root)?.kind === 'report')
    .map(([root, results]) => ({ root, results }))
}

/** Whether the page of a report is made from the document at `path`, or shall be. */
export const isPart = ({ root }: ReportFolder, path: string): boolean =>
  path.startsWith(join(root, folderOf(''), sep))

/** The only part of a page that does not follow from its documents: how long the run took. */
const timing = /<span data-timing>[\d. hmins]{1,24}<\/span>/
const withoutTiming = (page: string): string => page.replace(timing, '<span data-timing></span>')

/**
 * The records of experiments that failed. They cannot be verified; the page must show them as they
 * are.
 */
function failuresOf(root: string, host: Host): readonly FailureRecord[] {
  return host.experiments.flatMap(({ id }) => {
    const path = join(root, folderOf(id), failureName)
    const bytes = bytesAt(path)
    return bytes === undefined ? [] : parseFailure(bytes.toString('utf8'), path)
  })
}

/** The presets that could have given these parameters. */
function presetsOf(results: readonly Result[], host: Host): readonly ('quick' | 'full')[] {
  const fits = (preset: 'quick' | 'full') =>
    results.every(({ experiment: id, params }) => {
      const experiment = host.experiments.find((one) => one.id === id)
      return (
        experiment !== undefined &&
        canonicalJson(chosenParams(experiment, preset, {})) === canonicalJson(params)
      )
    })
  return (['quick', 'full'] as const).filter(fits)
}

/** What lies in folders of proofs that belong to none of the results of a report. */
function strayProofs(root: string, results: readonly Result[]): readonly Finding[] {
  const own = results.map(({ experiment }) => folderOf(experiment))
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === proofsName && entry.isDirectory())
    .map(({ parentPath }) => relative(root, parentPath).replaceAll(sep, '/'))
    .filter((folder) => !own.includes(folder))
    .flatMap((folder) =>
      foreignProofs(join(root, folder), []).map((found) => ({
        ...found,
        path: folder === '' ? found.path : `${folder}/${found.path}`,
      })),
    )
}

/** Remakes a report's page from its verified documents and compares it, its running time aside. */
export async function checkPage(
  { root, results }: ReportFolder,
  host: Host,
): Promise<Verification> {
  const path = pageName
  const found = bytesAt(join(root, pageName))
  const rejected = (message: string): Verification => ({
    accepted: false,
    findings: [{ path, message }],
    notes: versionNotes(results, host),
  })
  if (found === undefined) return rejected('this file is missing')
  const failures = failuresOf(root, host)
  const [{ seed }] = results
  const page = withoutTiming(found.toString('utf8'))
  let same = false
  for (const preset of presetsOf(results, host)) {
    const viewer = linksToViewer(page)
    const facts = { seed, preset, seconds: 0, version: host.version, viewer }
    const files = await reportFiles(host.experiments, { results, failures }, facts)
    same ||= withoutTiming(String(files.get(pageName))) === page
  }
  if (!same) return rejected('this page differs from the one made from the documents in results/')
  const strays = strayProofs(root, results)
  return {
    accepted: strays.length === 0,
    findings: strays,
    notes: [
      ...(failures.length > 0
        ? [
            `${counted(failures.length, 'experiment')} failed and cannot be checked: ${failures.map(({ experiment }) => experiment).join(', ')}`,
          ]
        : []),
    ],
  }
}
