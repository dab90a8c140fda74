/** The false theorems of one file: each `[from, to]`, or `[from, to, why none is noticed]`. */
export const rows = (file, ids, changes) =>
  changes.map(([from, to, survives]) => ({
    edits: [{ file, from, to }],
    ids,
    ...(survives && { survives }),
  }))

/** One false theorem of several changes at once, each `[file, from, to]`. */
export const together = (ids, changes) => ({
  edits: changes.map(([file, from, to]) => ({ file, from, to })),
  ids,
})
