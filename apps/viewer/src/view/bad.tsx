import { hrefOf, type Subject } from '../explore/explorer.js'

/** An address that cannot be followed: what is wrong with it, and where to go instead. */
export function Bad({ message, subject }: { message: string; subject?: Subject | undefined }) {
  return (
    <div class="bad" role="alert">
      <h1>This address cannot be followed</h1>
      {message.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>
        {subject ? (
          <a href={hrefOf(subject)}>Open “{subject.name}” with its usual values</a>
        ) : (
          <a href="#/">See all theorems</a>
        )}
      </p>
    </div>
  )
}
