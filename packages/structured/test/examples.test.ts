import { join } from 'node:path'
import { examplesPrintWhatTheySay } from '@tooling/vitest/examples'

examplesPrintWhatTheySay(join(import.meta.dirname, '..'), { atLeast: 34 })
