import type { ComponentChildren } from 'preact'
import type { Settings } from './messages.js'
import { modelName } from './model-names.js'
import type { Session } from './session.js'
import { trainStatus, type Training } from './train-status.js'

interface Props {
  readonly session: Session
  readonly settings: Settings
  /** more buttons */
  readonly children: ComponentChildren
}

/** Train and Stop, and the progress of training. */
export function TrainBar({ session, settings, children }: Props) {
  const work = session.work.value
  const training = work.kind === 'training'
  return (
    <div class="train-bar">
      <div class="buttons">
        {/* one button, so that the keyboard stays where it was */}
        <button
          type="button"
          class="strong"
          onClick={() => {
            if (training) session.stop()
            else session.train(settings)
          }}
        >
          {training ? 'Stop' : 'Train'}
        </button>
        {children}
      </div>
      <div>
        <p role="status">{trainStatus(work, session.ready.value, settings)}</p>
        {training && (
          <>
            <p class="training-progress">{progressText(work)}</p>
            <progress
              class="bar"
              max={3 * settings.steps}
              value={stepsDone(work)}
              aria-label="training steps"
            />
          </>
        )}
        {work.kind === 'failed' && (
          <p class="error" role="alert">
            Failed: {work.message}. Train again, or use another seed.
          </p>
        )}
      </div>
    </div>
  )
}

function progressText({ progress }: Training): string {
  if (!progress) return 'generating scenes'
  const { model, step, steps, right } = progress
  const accuracy = right === undefined ? '' : `, ${(100 * right).toFixed(1)} % validation accuracy`
  return `${modelName[model]}: step ${step} of ${steps}${accuracy}`
}

const before = { alone: 0, joint: 1, ordered: 2 }

function stepsDone({ progress }: Training): number {
  return progress ? before[progress.model] * progress.steps + progress.step : 0
}
