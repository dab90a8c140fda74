import { tableFormats } from '../terminal/print-tables.js'
import { folder, fraction } from './values.js'

// Flags of several commands.

export const json = { help: 'one JSON document on standard output', session: true } as const
export const tables = {
  value: 'name',
  help: 'how tables are printed',
  choices: tableFormats,
  default: 'table',
  conflicts: ['json'],
  session: true,
} as const
export const modelOut = {
  value: 'model',
  help: 'model folder: model.json, weights.safetensors and the report, index.html',
  parse: folder,
} as const
export const modelForce = {
  help: 'write to a non-empty --out; only files written by nonconvex are replaced',
  needs: ['out'],
  session: true,
} as const
export const modelJson = {
  help: 'only the document of model.json, on standard output',
  session: true,
} as const
export const delta = {
  value: 'p',
  help: 'failure probability δ of a guarantee',
  parse: fraction,
  default: 0.05,
} as const
