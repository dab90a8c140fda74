/**
 * Where two pieces of plain data differ, as 'path: a, b'. Numbers count as equal if they differ by
 * at most tolerance · max(1, |b|); with tolerance 0 only equal numbers do.
 */
export function differences(a: unknown, b: unknown, tolerance: number, path = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number') {
    const near = Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))
    return near ? [] : [`${path}: ${a}, ${b}`]
  }
  if (isRecord(a) && isRecord(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...names].flatMap((name) =>
      differences(a[name], b[name], tolerance, path === '' ? name : `${path}.${name}`),
    )
  }
  return a === b ? [] : [`${path}: ${JSON.stringify(a)}, ${JSON.stringify(b)}`]
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null
}
