import type { SgdStatus } from './outcome.js'

/** The message of a run's outcome. */
export function messageOf(run: {
  readonly status: SgdStatus
  readonly updates: number
  readonly steps: number
  /** the violated claim, if any */
  readonly claim?: string
}): string {
  const { status, updates, steps } = run
  const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
  const so = `${counted(updates, 'update')} in ${counted(steps, 'step')}`
  switch (status) {
    case 'converged':
      return `${so}; the loss is exactly 0`
    case 'max-steps':
      return `${so}; the budget of steps ran out, give a larger maxSteps`
    case 'violated':
      return `${so}; update ${updates} broke ${run.claim ?? 'a claim'}`
    case 'not-finite':
      return `${so}; an output or a potential is not finite at step ${steps}: take a smaller eta or start`
    case 'aborted':
      return `${so}; stopped on request`
    case 'running':
      return `${so} so far`
  }
}
