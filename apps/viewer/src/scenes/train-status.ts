import type { Settings } from './messages.js'
import type { Ready, Work } from './session.js'

export type Training = Extract<Work, { readonly kind: 'training' }>

/**
 * The state of training, compared with the seed of the page: the models may have
 * another one.
 */
export function trainStatus(
  work: Work,
  trained: Ready | undefined,
  { train, seed }: Pick<Settings, 'train' | 'seed'>,
): string {
  if (work.kind === 'training') {
    const now = `Training on ${train} scenes, seed ${work.seed}…`
    return work.seed === seed ? now : `${now} The page is at seed ${seed}.`
  }
  if (work.kind === 'loading') return 'Loading the trained networks…'
  const stopped = work.kind === 'stopped' ? 'Stopped. ' : ''
  if (!trained)
    return `${stopped}True labels are shown. Training three networks on ${train} training scenes takes seconds.`
  const how =
    trained.seconds === undefined ? ' come with the page' : `, in ${trained.seconds.toFixed(1)} s`
  const networks = `Networks trained on ${train} scenes, seed ${trained.seed}${how}.`
  if (trained.seed === seed) return `${stopped}${networks}`
  return `${stopped}${networks} The scenes have seed ${seed}.`
}
