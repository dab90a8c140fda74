import { expose } from 'comlink'
import { createCellWorker } from './cell.js'
import { createConductor } from './conductor.js'

// One program for the conductor and for the workers of its pool, so that what one has brought the
// others find in the browser's store.
expose(self.name === 'conductor' ? createConductor() : createCellWorker())
