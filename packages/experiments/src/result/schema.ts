import type { Hypothesis, Json, Source, Verdict } from '@nonconvex/optim/claims'
import * as v from 'valibot'
import type { ParamValues, Row } from '../define/experiment.js'
import type { Failure } from '../define/failure.js'
import type { Column, Table } from '../define/table.js'
import type { Result } from './result.js'
import { cellValue, dictionary, figure, finite, noList } from './schema-figure.js'

/** The schema that this package writes and reads. */
export const schemaName = 'nonconvex/result@1'

/** Any value: `parseJson` has refused what no document holds, and millions are not looked at twice. */
export const json: v.GenericSchema<unknown, Json> = v.any()

const params: v.GenericSchema<unknown, ParamValues> = dictionary(json)

const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0))

const hypothesis: v.GenericSchema<unknown, Hypothesis> = v.strictObject({
  text: v.string(),
  status: v.picklist(['holds', 'fails', 'assumed', 'by construction']),
  measured: v.exactOptional(finite),
})

const source: v.GenericSchema<unknown, Source> = noList(
  v.strictObject({
    talk: v.exactOptional(v.string()),
    paper: v.exactOptional(v.string()),
    theorem: v.exactOptional(v.string()),
    ours: v.exactOptional(v.string()),
  }),
)

/** The schema of a verdict, in documents other than results, too. */
export const verdict: v.GenericSchema<unknown, Verdict> = v.strictObject({
  claim: v.string(),
  title: v.string(),
  status: v.picklist(['holds', 'violated', 'inapplicable', 'inconclusive']),
  statement: v.string(),
  rigor: v.picklist(['proof', 'float64', 'statistical']),
  measured: v.exactOptional(finite),
  relation: v.exactOptional(v.picklist(['<=', '>=', '=='])),
  bound: v.exactOptional(finite),
  tightness: v.exactOptional(nonNegative),
  attainedBy: v.exactOptional(v.string()),
  attains: v.exactOptional(nonNegative),
  confidence: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  hypotheses: v.array(hypothesis),
  witness: v.exactOptional(json),
  source,
})

const row: v.GenericSchema<unknown, Row> = v.strictObject({
  key: v.string(),
  measured: json,
  witness: json,
})

const failure: v.GenericSchema<unknown, Failure> = v.strictObject({
  key: v.string(),
  message: v.string(),
})

const column: v.GenericSchema<unknown, Column> = v.strictObject({
  name: v.string(),
  title: v.string(),
  digits: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(17))),
})

export const table: v.GenericSchema<unknown, Table> = v.strictObject({
  id: v.string(),
  title: v.string(),
  columns: v.array(column),
  rows: v.array(v.array(cellValue)),
})

/**
 * The schema of result documents; unknown fields are rejected, since no digest covers them.
 */
export const resultSchema: v.GenericSchema<unknown, Result> = v.strictObject({
  schema: v.literal(schemaName),
  experiment: v.string(),
  params,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  status: v.picklist(['complete', 'partial']),
  verdicts: v.array(verdict),
  rows: v.array(row),
  failures: v.exactOptional(v.pipe(v.array(failure), v.minLength(1))),
  tables: v.array(table),
  figures: v.array(figure),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
  timings: v.strictObject({ total: nonNegative, cells: dictionary(nonNegative) }),
  versions: v.strictObject({ nonconvex: v.string(), runtime: v.string(), machine: v.string() }),
})
