export { recurrentNet } from './make-net.js'
export { readingOrder, type ReadingOrder } from './reading-order.js'
export type { RecurrentNet, RecurrentNetOptions } from './recurrent-net.js'
