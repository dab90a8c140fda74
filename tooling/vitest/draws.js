import fc from 'fast-check'

/**
 * Property tests draw the same cases every time, so that a run can be repeated. Other cases, to
 * look for what these miss: PROPERTY_SEED=2 pnpm exec vitest run.
 */
const seed = Number(process.env['PROPERTY_SEED'] ?? 1)
if (!Number.isInteger(seed)) throw new Error('PROPERTY_SEED must be an integer')
fc.configureGlobal({ seed })
