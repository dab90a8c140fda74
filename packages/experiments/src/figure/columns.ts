import { isPacked, unpack } from '../result/packed.js'
import type { Mark, Panel, Values } from './figure.js'

/** A number, or nothing where a value is missing, a text, or not finite. */
export type Numbers = readonly (number | null)[]

/** The data of a panel by mark; faults are reported in words. */
export interface Reader {
  numbers(mark: Mark, column: string): Numbers
  texts(mark: Mark, column: string): readonly string[]
}

/** Reads the columns of a panel's frames; each is decoded once. */
export function reader(panel: Panel, where: string): Reader {
  const decoded = new Map<Values, Numbers>()
  const column = (mark: Mark, name: string): Values => {
    const at = `${where}, mark "${mark.mark}"`
    if (!Object.hasOwn(panel.frames, mark.frame))
      throw new RangeError(`drawFigure: ${at}: no frame "${mark.frame}"`)
    const frame = panel.frames[mark.frame]
    if (!Object.hasOwn(frame, name))
      throw new RangeError(`drawFigure: ${at}: no column "${name}" in frame "${mark.frame}"`)
    return frame[name]
  }
  const numbers = (values: Values): Numbers => {
    const raw: readonly (number | string | null)[] = isPacked(values)
      ? Array.from(unpack(values))
      : values
    return raw.map((value) => (typeof value === 'number' && Number.isFinite(value) ? value : null))
  }
  return {
    numbers(mark, name) {
      const values = column(mark, name)
      const known = decoded.get(values) ?? numbers(values)
      decoded.set(values, known)
      return known
    },
    texts(mark, name) {
      const values = column(mark, name)
      const raw = isPacked(values) ? Array.from(unpack(values)) : values
      return raw.map((value) => (value === null ? '' : String(value)))
    },
  }
}

/** Rows of several columns at once; a row ends where the shortest column ends. */
export function zip<T extends readonly unknown[]>(
  ...columns: { readonly [K in keyof T]: readonly T[K][] }
): T[] {
  const length = Math.min(...columns.map((column: readonly unknown[]) => column.length))
  return Array.from(
    { length },
    (_, i) => columns.map((column: readonly unknown[]) => column[i]) as unknown as T,
  )
}
