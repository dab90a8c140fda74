/** The false theorems of one file: each `[from, to]`, or `[from, to, why none is noticed]`. */
export const rows = (file, ids, changes) =>
  changes.map(([from, to, survives]) => ({ file, ids, from, to, ...(survives && { survives }) }))
