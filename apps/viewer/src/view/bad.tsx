import type { Experiment } from '@nonconvex/experiments'

/** An address that cannot be followed: what is wrong with it, and where to go instead. */
export function Bad({
  message,
  experiment,
}: {
  message: string
  experiment?: Experiment | undefined
}) {
  return (
    <div class="bad" role="alert">
      <h1>This address cannot be followed</h1>
      {message.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>
        {experiment ? (
          <a href={`#/run/${experiment.id}`}>Open “{experiment.name}” with its usual values</a>
        ) : (
          <a href="#/">See all theorems</a>
        )}
      </p>
    </div>
  )
}
