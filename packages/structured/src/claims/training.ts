import { hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'

/** What networks were given to learn from. */
export interface SceneTraining {
  /** different scenes */
  readonly scenes: number
  /** of Adam, at most */
  readonly steps: number
}

/** That networks had at least so much to learn from: less, and nothing is asked of them. */
export const learnt = (
  { scenes, steps }: SceneTraining,
  least: SceneTraining,
): readonly Hypothesis[] => [
  hypothesis(
    `at least ${readable(least.scenes)} scenes to learn from`,
    scenes >= least.scenes,
    scenes,
  ),
  hypothesis(`at least ${readable(least.steps)} steps of training`, steps >= least.steps, steps),
]
