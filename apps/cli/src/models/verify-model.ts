import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, Verification } from '@nonconvex/experiments'
import { modelName, modelText, pageName, weightsName } from '@nonconvex/experiments/model'
import { readSafetensors, SafetensorsError, type Safetensors } from '@nonconvex/tensor/safetensors'
import type * as v from 'valibot'
import {
  fitMultilabelCommand,
  fitScenesCommand,
  fitSeparableCommand,
} from '../command-line/data-commands.js'
import { fitSequencesCommand } from '../command-line/sequences-command.js'
import { Stop } from '../exit.js'
import { compareFiles } from '../files/compare-files.js'
import { flagFindings } from '../fit/kept-flags.js'
import { oneVsRestPage } from '../fit/one-vs-rest-page.js'
import { separablePage } from '../fit/page.js'
import { multilabelPage } from '../multilabel/multilabel-page.js'
import { scenesRecord } from '../scenes/scenes-record.js'
import { scenesPage } from '../scenes/scenes-page.js'
import { sequencesPage } from '../sequences/sequences-page.js'
import { compareRecorded } from './compare-recorded.js'
import {
  forKind,
  parsedModel,
  readFinite,
  readModelFiles,
  sha256,
  type LoadedModel,
  type ModelOnDisk,
} from './model-folder.js'
import { layersForm } from './layers-form.js'
import { multilabelKind, multilabelModelOf, multilabelRecord } from './multilabel-document.js'
import { oneVsRestKind, oneVsRestModelOf } from './one-vs-rest-document.js'
import { scenesKind, scenesModelOf } from './scenes-document.js'
import { sequencesKind, sequencesModelOf, sequencesRecord } from './sequences-document.js'
import { sequencesFindings } from './verify-sequences.js'
import { separableKind, separableModelOf } from './separable-document.js'
import {
  classesRecord,
  trainingRecord,
  type ClassesRecord,
  type TrainingRecord,
} from './training-record.js'
import { verifyClaims } from './verify-claims.js'
import { verifyGuarantees } from './verify-guarantees.js'
import { verifyOneVsRest } from './verify-one-vs-rest.js'
import { changedSince } from './written-together.js'

/** A document that was checked by itself, and what its page is drawn by. */
interface Checked {
  readonly findings: readonly Finding[]
  /** the version that wrote it */
  readonly version: string
  readonly page: () => string
}

interface ModelKind {
  /** what was checked of it, and what was not */
  readonly scope: string
  readonly check: (path: string, document: unknown) => Checked
  /** makes the network of its weights */
  readonly open: (loaded: LoadedModel) => unknown
  /** files that are made from weights and document besides, if there are some */
  readonly made?: (loaded: LoadedModel) => ReadonlyMap<string, string | Uint8Array>
}

const countsScope =
  'checked: the claims follow from the recorded counts, and the counts are consistent; not checked: the counts themselves, as a model folder does not contain the training data'

/** Models of examples: what the document claims, and the flags of its command. */
const examplesKind = <R extends TrainingRecord | ClassesRecord>(
  schema: v.GenericSchema<unknown, R>,
  own: {
    readonly findings: (record: R) => readonly Finding[]
    readonly page: (record: R) => string
    readonly open: ModelKind['open']
  },
): ModelKind => ({
  scope: countsScope,
  check: (path, document) => {
    const record = parsedModel(path, schema, document)
    const { parameters, training, flags, versions } = record
    const { k, bias, standardise } = parameters
    const { seed, delta } = training
    return {
      findings: [
        ...own.findings(record),
        ...flagFindings(fitSeparableCommand, flags, { k, bias, standardise, seed, delta }),
      ],
      version: versions.nonconvex,
      page: () => own.page(record),
    }
  },
  open: own.open,
})

const kinds: ReadonlyMap<string, ModelKind> = new Map([
  [
    separableKind,
    examplesKind(trainingRecord, {
      findings: (record) => [...verifyGuarantees(record), ...verifyClaims(record)],
      page: separablePage,
      open: separableModelOf,
    }),
  ],
  [
    oneVsRestKind,
    examplesKind(classesRecord, {
      findings: verifyOneVsRest,
      page: oneVsRestPage,
      open: oneVsRestModelOf,
    }),
  ],
  [
    scenesKind,
    {
      scope:
        'checked: options, counts and recalls are those written with the weights, and the weights fit the options; not checked: the recalls themselves, which were not measured again, and the author of the files, as rewriting all of them can make them agree',
      check: (path: string, document: unknown): Checked => {
        const record = parsedModel(path, scenesRecord, document)
        return {
          findings: flagFindings(fitScenesCommand, record.flags, record.parameters),
          version: record.versions.nonconvex,
          page: () => scenesPage(record),
        }
      },
      open: scenesModelOf,
    },
  ],
  [
    multilabelKind,
    {
      scope:
        'checked: options, counts and scores are those written with the weights, and the weights fit the options; not checked: the scores themselves, which were not measured again, and the author of the files, as rewriting all of them can make them agree',
      check: (path: string, document: unknown): Checked => {
        const record = parsedModel(path, multilabelRecord, document)
        return {
          findings: flagFindings(fitMultilabelCommand, record.flags, record.parameters),
          version: record.versions.nonconvex,
          page: () => multilabelPage(record),
        }
      },
      open: multilabelModelOf,
      made: (loaded) => layersForm(multilabelModelOf(loaded).network),
    },
  ],
  [
    sequencesKind,
    {
      scope:
        'checked: bounds and claims follow from the recorded counts, and the weights fit the options; not checked: the counts and scores themselves, as a model folder does not contain the training data',
      check: (path: string, document: unknown): Checked => {
        const record = parsedModel(path, sequencesRecord, document)
        const { templates: features, ...parameters } = record.parameters
        return {
          findings: [
            ...sequencesFindings(record),
            ...flagFindings(fitSequencesCommand, record.flags, parameters),
            ...compareRecorded(record.flags['features'] ?? features, features, 'flags.features'),
          ],
          version: record.versions.nonconvex,
          page: () => sequencesPage(record),
        }
      },
      open: sequencesModelOf,
    },
  ],
])

/**
 * Checks a model folder by itself: that weights and document were written together, that the
 * weights make a network of its parameters, that its guarantees are what its counts promise, and
 * that the page is the one that is drawn from the document.
 *
 * @param version - of this program
 */
export function verifyModel(
  path: string,
  version: string,
): {
  readonly kind: string
  readonly verification: Verification
  readonly scope: readonly string[]
} {
  const files = readModelFiles(path)
  const { kind } = files.head
  const { scope, check, open, made } = forKind(path, kind, kinds)
  const weights = checkWeights(path, files, open)
  const checked = check(path, files.document)
  const document = [
    ...checkText(files),
    ...checked.findings,
    // a fault of the weights is reported once
    ...checkDocument(files).filter((found) => weights.length === 0 || found.path !== weightsName),
  ]
  const page =
    document.length === 0
      ? [
          ...compareFiles(path, new Map([[pageName, checked.page()]]), modelName),
          ...compareMade(path, files, weights.length === 0 ? made : undefined),
        ]
      : undefined
  const findings = [...weights, ...document, ...(page ?? [])]
  return {
    kind,
    verification: {
      accepted: findings.length === 0,
      findings,
      notes: [
        ...(page ? [] : [`${pageName} was not compared: ${modelName} is rejected`]),
        ...(page && page.length > 0 && checked.version !== version
          ? [
              `written by nonconvex ${checked.version} and compared by ${version}; they may render differently`,
            ]
          : []),
      ],
    },
    scope: [scope],
  }
}

/** Compares other files that are there with what weights and document give. */
function compareMade(
  path: string,
  { head, document, bytes }: ModelOnDisk,
  made: ModelKind['made'],
): readonly Finding[] {
  const files = made?.({ path, kind: head.kind, document, ...readFinite(bytes) }) ?? []
  const there = [...files].filter(([name]) => existsSync(join(path, name)))
  return compareFiles(path, new Map(there), weightsName)
}

/**
 * Compares the document with what `fit` writes: other whitespace shows that it was edited.
 */
const checkText = ({ text, document }: ModelOnDisk): readonly Finding[] =>
  text === modelText(document)
    ? []
    : [{ path: modelName, message: 'this file differs from what fit writes: other whitespace' }]

/** Whether document and arrays are those that were written together. */
function checkDocument({ document, bytes }: ModelOnDisk): readonly Finding[] {
  const read = readable(bytes)
  const found = read && changedSince({ document, ...read })
  if (found === undefined) return []
  const { file, problem, recorded, recomputed } = found
  return [{ path: file, message: problem, recorded, recomputed }]
}

/** Weights that cannot be read are found fault with elsewhere. */
function readable(bytes: Uint8Array): Safetensors | undefined {
  try {
    return readSafetensors(bytes)
  } catch (error) {
    if (error instanceof SafetensorsError) return undefined
    throw error
  }
}

function checkWeights(
  path: string,
  { head, document, bytes }: ModelOnDisk,
  open: ModelKind['open'],
): readonly Finding[] {
  const found = sha256(bytes)
  if (found !== head.weights)
    return [
      {
        path: weightsName,
        message: `this file differs from the one written with ${modelName}`,
        recorded: head.weights,
        recomputed: found,
      },
    ]
  try {
    open({ path, kind: head.kind, document, ...readFinite(bytes) })
    return []
  } catch (error) {
    if (!(error instanceof SafetensorsError || error instanceof Stop)) throw error
    const named = [modelName, weightsName].find((name) =>
      error.message.startsWith(`${join(path, name)}: `),
    )
    const prefix = named === undefined ? `${path}: ` : `${join(path, named)}: `
    const own = error.message.startsWith(prefix)
    const message = own ? error.message.slice(prefix.length) : error.message
    return [{ path: named ?? weightsName, message }]
  }
}
