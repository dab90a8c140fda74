// A rival without any library: speaks the protocol of frame/python-rival.mjs. Tasks: `double`
// answers right, `triple` wrong, `crash` ends the process, `refuse` says that it failed.
let unread = Buffer.alloc(0)
const prepared = []

function handle({ op, task, id }, arrays) {
  if (op === 'prepare') {
    if (task === 'crash') {
      process.stderr.write('a reason on standard error\n')
      process.exit(7)
    }
    if (task === 'refuse') return [{ error: 'no such size' }, {}]
    prepared.push({ factor: task === 'double' ? 2 : 3, x: arrays.x })
    return [{ id: prepared.length - 1, note: '1 thread', blas: 'reference BLAS' }, {}]
  }
  const { factor, x } = prepared[id]
  if (op === 'answer') return [{}, { y: x.map((value) => factor * value) }]
  return [{ seconds: 0.01 }, {}]
}

process.stdin.on('data', (bytes) => {
  unread = Buffer.concat([unread, bytes])
  for (;;) {
    const end = unread.indexOf(10)
    if (end < 0) return
    const request = JSON.parse(unread.toString('utf8', 0, end))
    const size = request.arrays.reduce((sum, { length }) => sum + 8 * length, 0)
    if (unread.length < end + 1 + size) return
    let at = end + 1
    const arrays = {}
    for (const { name, length } of request.arrays) {
      arrays[name] = Float64Array.from({ length }, (_, i) => unread.readDoubleLE(at + 8 * i))
      at += 8 * length
    }
    unread = unread.subarray(at)
    const [header, results] = handle(request, arrays)
    const list = Object.entries(results).map(([name, { length }]) => ({ name, length }))
    process.stdout.write(`${JSON.stringify({ ...header, arrays: list })}\n`)
    for (const numbers of Object.values(results))
      process.stdout.write(Buffer.from(Float64Array.from(numbers).buffer))
  }
})
