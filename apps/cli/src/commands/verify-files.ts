import { hereVersions, type Finding, type Result, type Verification } from '@nonconvex/experiments'
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { compareFiles } from '../files/compare-files.js'
import { readMarker } from '../files/marker.js'
import { foreignProofs, proofsName } from '../files/proof-files.js'
import { resultFiles, resultName } from '../files/result-files.js'
import type { Host } from '../host.js'

/** A result document that was read, with its path. */
export interface ReadDocument {
  readonly path: string
  /** the text of the file */
  readonly text: string
  readonly result: Result
}

/** A verification with further findings and notes. */
export const withMore = (
  { findings, notes, accepted }: Verification,
  more: { readonly findings?: readonly Finding[]; readonly notes?: readonly string[] },
): Verification => ({
  accepted: accepted && (more.findings ?? []).length === 0,
  findings: [...findings, ...(more.findings ?? [])],
  notes: [...notes, ...(more.notes ?? [])],
})

/** The note on results written by other versions. */
export const versionNotes = (results: readonly Result[], host: Host): readonly string[] => {
  const others = [...new Set(results.map(({ versions }) => versions.nonconvex))].filter(
    (version) => version !== host.version,
  )
  return others.length === 0
    ? []
    : [
        `written by nonconvex ${others.join(', ')} and compared by ${host.version}; they may render differently`,
      ]
}

/**
 * Compares a document's file with what `run` writes: of a duplicate key the parser keeps the last
 * value, while a reader may see the first.
 */
function checkText(text: string): readonly Finding[] {
  if (`${JSON.stringify(JSON.parse(text), null, 1)}\n` === text) return []
  const message = 'this file differs from what run writes: other whitespace, or a duplicate key'
  return [{ path: resultName, message }]
}

/** The note on a document that is checked without files beside it. */
export const documentOnly =
  'only the document was checked; to compare figures and tables, too, verify the folder that --out has written'

/**
 * Whether `run` has written this folder, or any of these files lies there. Otherwise a document in
 * it is one by itself, as `run --json > result.json` writes it.
 */
function hasFiles(folder: string, names: Iterable<string>): boolean {
  const here = new Set(readdirSync(folder))
  return (
    readMarker(folder)?.kind === 'run' ||
    [...names, proofsName].some((name) => name !== resultName && here.has(name))
  )
}

/**
 * Remakes all files of a result folder from its document, which must have been verified, and
 * compares them byte for byte. Pictures in pixels are compared on the machine type that made them
 * only.
 *
 * @param part - whether the document is one of a report, which has all files
 */
export function checkFiles(
  { path, text, result }: ReadDocument,
  verification: Verification,
  host: Host,
  part: boolean,
): Verification {
  if (!verification.accepted)
    return withMore(verification, {
      notes: ['the files next to it were not compared: the document is rejected'],
    })
  const here = hereVersions().machine
  const elsewhere = result.versions.machine !== here
  const all = resultFiles(result)
  if (!part && !hasFiles(dirname(path), all.keys()))
    return withMore(verification, { findings: checkText(text), notes: [documentOnly] })
  const files = new Map(
    [...all].filter(([name]) => name !== resultName && !(elsewhere && name.endsWith('.png'))),
  )
  const findings = [
    ...checkText(text),
    ...compareFiles(dirname(path), files, 'the verified document'),
    ...foreignProofs(dirname(path), files.keys()),
  ]
  return withMore(verification, {
    findings,
    notes: [
      ...(elsewhere
        ? [
            `PNG files were not compared: rendered on "${result.versions.machine}", this is "${here}"`,
          ]
        : []),
      ...(findings.length > 0 ? versionNotes([result], host) : []),
    ],
  })
}
