import type { WrittenModel } from '@nonconvex/experiments/model'
import { fitDocument, modelTensors, type SeparableFit } from '@nonconvex/overparam/fit'
import type { ReadTable } from '../input/read-table.js'
import { weightsFile, writtenModel } from '../models/model-folder.js'
import { oneVsRestKind, oneVsRestTensors } from '../models/one-vs-rest-document.js'
import { separableKind } from '../models/separable-document.js'
import type { ClassesRecord, TrainingRecord } from '../models/training-record.js'
import type { Prose, ShownTable } from '../text/prose.js'
import { fitRecord, oneVsRestDocument, type Given } from './document.js'
import { fittedOf } from './fitted.js'
import type { Composition } from './one-vs-rest.js'
import { oneVsRestPage, oneVsRestSummary, oneVsRestTables } from './one-vs-rest-page.js'
import { fitTables, separablePage } from './page.js'
import { summaryOf } from './summary.js'

/** What is shown of a model: all of it is in the document, so that verify draws the page once more. */
export interface ShownModel {
  readonly summary: () => readonly Prose[]
  readonly tables: () => readonly ShownTable[]
}

type Model = ShownModel & { readonly model: WrittenModel; readonly page: () => string }

/** The model of two sides. */
export function twoSided(fit: SeparableFit, read: ReadTable, given: Given): Model {
  const fields = fitDocument(fit, read.table, fitRecord(read, given))
  const model = writtenModel(separableKind, fields, (document) =>
    weightsFile(modelTensors(fit.model), document),
  )
  const record = model.document as unknown as TrainingRecord
  const shown = fittedOf(record)
  return {
    model,
    page: () => separablePage(record),
    summary: () => summaryOf(shown),
    tables: () => fitTables(shown),
  }
}

/** The model of several classes. */
export function oneVsRest(counts: Composition, read: ReadTable, given: Given): Model {
  const tensors = oneVsRestTensors(counts.fits.map((fit) => fit.model))
  const model = writtenModel(oneVsRestKind, oneVsRestDocument(counts, read, given), (document) =>
    weightsFile(tensors, document),
  )
  const record = model.document as unknown as ClassesRecord
  return {
    model,
    page: () => oneVsRestPage(record),
    summary: () => oneVsRestSummary(record),
    tables: () => oneVsRestTables(record),
  }
}
