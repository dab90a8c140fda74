// What a thread runs. It is a CommonJS module: the pool requires it, and a thread that is ended while
// it requires an ES module ends the whole program (Node 20.20, `IsGraphAsync`).

// begun before the first piece of work comes
const cells = import('./cell-worker.js')
const verifying = () => import('./verify-worker.js')
const fitting = () => import('./fit-worker.js')

type Cells = Awaited<typeof cells>
type Verifying = Awaited<ReturnType<typeof verifying>>
type Fitting = Awaited<ReturnType<typeof fitting>>

module.exports = {
  cell: async (...work: Parameters<Cells['cell']>) => (await cells).cell(...work),
  verify: async (...work: Parameters<Verifying['verify']>) => (await verifying()).verify(...work),
  fit: async (...work: Parameters<Fitting['fit']>) => (await fitting()).fit(...work),
}
