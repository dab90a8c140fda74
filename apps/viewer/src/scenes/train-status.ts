import type { Settings } from './messages.js'
import type { Ready, Work } from './session.js'

export type Training = Extract<Work, { readonly kind: 'training' }>

/**
 * What is trained, or is being trained, beside the seed that the page is at: the models may be of
 * another one.
 */
export function trainStatus(
  work: Work,
  trained: Ready | undefined,
  { train, seed }: Pick<Settings, 'train' | 'seed'>,
): string {
  if (work.kind === 'training') {
    const now = `Training on ${train} scenes, seed ${work.seed}…`
    return work.seed === seed ? now : `${now} The page is at seed ${seed} by now.`
  }
  const stopped = work.kind === 'stopped' ? 'Stopped. ' : ''
  if (!trained)
    return `${stopped}True labels are shown. Training three networks on ${train} other scenes takes seconds.`
  if (trained.seed === seed)
    return `Trained on ${train} scenes, seed ${seed}, in ${trained.seconds.toFixed(1)} s.`
  return `${stopped}What is trained are the networks of seed ${trained.seed}. The page is at seed ${seed}: true labels are shown until you train again.`
}
