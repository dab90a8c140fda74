import { place } from '../state/place.js'
import { Bad } from './bad.js'
import { Contents } from './contents.js'
import { ExplorerPage } from '../explore/explorer-page.js'
import { ExperimentPage } from './experiment-page.js'
import { Home } from './home.js'

/** The whole page: the list of theorems at the left, and what the address names. */
export function Page() {
  return (
    <div class="page">
      <a class="skip" href="#main" onClick={skip}>
        To the theorem
      </a>
      <Contents />
      <main id="main" tabIndex={-1}>
        <Shown />
      </main>
    </div>
  )
}

function Shown() {
  const now = place.value
  switch (now.kind) {
    case 'home':
      return <Home />
    case 'bad':
      return <Bad message={now.message} subject={now.subject} />
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
