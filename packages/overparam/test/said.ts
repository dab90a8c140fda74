import { DataError } from '../src/tabular/index.js'

/** What a DataError says; other errors are thrown on. */
export function said(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof DataError) return error.message
    throw error
  }
  return 'nothing was refused'
}
