/** Numbered entries with changing priorities. */
export interface Priority {
  /** the entry with the highest priority */
  first(): number
  highest(): number
  set(entry: number, priority: number): void
}

/** A binary heap over the entries 0 … length − 1; ties to the entry with the smaller number. */
export function priorityOf(initial: Float64Array): Priority {
  const priority = initial.slice()
  const heap = Int32Array.from(priority, (_, c) => c)
  const place = heap.slice()
  const above = (a: number, b: number): boolean =>
    priority[a] > priority[b] || (priority[a] === priority[b] && a < b)
  const swap = (x: number, y: number): void => {
    ;[heap[x], heap[y]] = [heap[y], heap[x]]
    place[heap[x]] = x
    place[heap[y]] = y
  }
  const rise = (start: number): void => {
    for (let at = start, up = (at - 1) >> 1; at > 0 && above(heap[at], heap[up]);) {
      swap(at, up)
      at = up
      up = (at - 1) >> 1
    }
  }
  const sink = (start: number): void => {
    for (let at = start; ;) {
      let top = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && above(heap[child], heap[top])) top = child
      if (top === at) return
      swap(at, top)
      at = top
    }
  }
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(at)
  return {
    first: () => heap[0],
    highest: () => (heap.length > 0 ? priority[heap[0]] : 0),
    set: (entry, value) => {
      priority[entry] = value
      rise(place[entry])
      sink(place[entry])
    },
  }
}
