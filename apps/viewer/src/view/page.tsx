import { route } from '../state/route.js'
import { hrefOf, type Subject } from '../explore/explorer.js'
import { Lecture } from '../lecture/lecture.js'
import { Contents } from './contents.js'
import { ExplorerPage } from '../explore/explorer-page.js'
import { ExperimentPage } from './experiment-page.js'
import { Embedded } from './embedded.js'
import { Home } from './home.js'

/** The whole page: the list of theorems at the left, and what the address names. */
export function Page() {
  const now = route.value
  if (now.kind === 'subject' && now.embed === true)
    return <Embedded key={now.subject.id} subject={now.subject} />
  if (now.kind === 'subject' && now.lecture)
    return (
      <Lecture now={now} lecture={now.lecture}>
        <Shown key={now.lecture.at} />
      </Lecture>
    )
  return (
    <div class="page">
      <a class="skip" href="#main" onClick={skip}>
        Skip to main content
      </a>
      <Contents />
      <main id="main" tabIndex={-1}>
        <Shown />
      </main>
    </div>
  )
}

function Shown() {
  const now = route.value
  switch (now.kind) {
    case 'home':
      return <Home />
    case 'invalid':
      return <InvalidAddress message={now.message} subject={now.subject} />
    case 'subject':
      return 'view' in now.subject ? (
        <ExplorerPage key={now.subject.id} explorer={now.subject} />
      ) : (
        <ExperimentPage key={now.subject.id} experiment={now.subject} />
      )
  }
}

/** The address holds the state, so this link must not change it. */
function skip(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** An address that cannot be parsed: what is wrong with it, and where to go instead. */
function InvalidAddress({ message, subject }: { message: string; subject?: Subject | undefined }) {
  return (
    <div class="invalid" role="alert">
      <h1>Invalid address</h1>
      {message.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>
        {subject ? (
          <a href={hrefOf(subject)}>Open “{subject.name}” with default values</a>
        ) : (
          <a href="#/">See all theorems</a>
        )}
      </p>
    </div>
  )
}
