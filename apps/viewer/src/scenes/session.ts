import { signal, type ReadonlySignal } from '@preact/signals'
import type { Client } from './client.js'
import type {
  Predictions,
  CheckReport,
  Model,
  Progress,
  Query,
  Settings,
  Trained,
} from './messages.js'

/** What goes on. */
export type Work =
  | { readonly kind: 'none' | 'stopped' | 'loading' }
  | { readonly kind: 'training'; readonly seed: number; readonly progress?: Progress }
  | { readonly kind: 'checking'; readonly model: Model }
  | { readonly kind: 'failed'; readonly message: string }

/** Models that were trained, for a seed. */
export interface Ready {
  readonly seed: number
  readonly trained: Trained
  /** that training took; undefined for those that come with the page */
  readonly seconds?: number
}

/** What was asked, and what the models say. */
export interface Predicted {
  readonly query: Query
  readonly predictions: Predictions
}

/** What the checker says of each model that was checked. */
export type Checks = { readonly [model in Model]?: CheckReport }

/** The models of the page: training, predictions, checks. */
export interface Session {
  readonly work: ReadonlySignal<Work>
  readonly ready: ReadonlySignal<Ready | undefined>
  readonly predicted: ReadonlySignal<Predicted | undefined>
  readonly checks: ReadonlySignal<Checks>
  /** loads the models that come with the page */
  load(): void
  train(settings: Settings): void
  ask(query: Query): void
  check(model: Model): void
  /** stops what goes on, at once; models that were trained stay */
  stop(): void
}

/** A session in which nothing is trained yet. */
export function createSession(client: Client, now: () => number): Session {
  const work = signal<Work>({ kind: 'none' })
  const ready = signal<Ready | undefined>(undefined)
  const predicted = signal<Predicted | undefined>(undefined)
  const checks = signal<Checks>({})
  /** counts what was begun, so that what was stopped is not heard of again */
  let turn = 0
  /** the last query, until it is answered */
  let open: Query | undefined
  /** the one that is under way */
  let asking: Query | undefined

  const begin = (next: Work): ((change: () => void) => void) => {
    halt()
    work.value = next
    const mine = ++turn
    return (change) => {
      if (mine === turn) change()
    }
  }
  const halt = () => {
    const { kind } = work.value
    if (kind !== 'training' && kind !== 'checking' && kind !== 'loading') return
    turn++
    client.stop()
    work.value = { kind: 'stopped' }
    // a pending query ended with the worker
    asking = undefined
    send()
  }
  const failed = (error: unknown) => {
    work.value = { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
  const ask = (query: Query) => {
    if (!ready.value) return
    open = query
    if (!asking) send()
  }
  /** Asks the last query. One is under way at a time, so that a drag makes no row of them. */
  const send = () => {
    const [query, models] = [open, ready.value]
    if (!query || !models) return
    asking = query
    const settle = (change: () => void) => {
      // its worker was stopped
      if (query !== asking) return
      asking = undefined
      if (query === open) open = undefined
      if (models === ready.value) change()
      send()
    }
    client.ask(query).then(
      (predictions) => {
        settle(() => (predicted.value = { query, predictions }))
      },
      (error: unknown) => {
        settle(() => {
          failed(error)
        })
      },
    )
  }
  return {
    work,
    ready,
    predicted,
    checks,
    load() {
      const ifMine = begin({ kind: 'loading' })
      client.shipped().then(
        ({ settings, trained }) => {
          ifMine(() => {
            ready.value = { seed: settings.seed, trained }
            work.value = { kind: 'none' }
          })
        },
        (error: unknown) => {
          ifMine(() => {
            failed(error)
          })
        },
      )
    },
    train(settings) {
      const { seed } = settings
      const started = now()
      const ifMine = begin({ kind: 'training', seed })
      const onProgress = (progress: Progress) => {
        ifMine(() => (work.value = { kind: 'training', seed, progress }))
      }
      client.train(settings, onProgress).then(
        (trained) => {
          ifMine(() => {
            ready.value = { seed, trained, seconds: (now() - started) / 1000 }
            checks.value = {}
            work.value = { kind: 'none' }
          })
        },
        (error: unknown) => {
          ifMine(() => {
            failed(error)
          })
        },
      )
    },
    ask,
    check(model) {
      const ifMine = begin({ kind: 'checking', model })
      client.check(model).then(
        (checked) => {
          ifMine(() => {
            checks.value = { ...checks.value, [model]: checked }
            work.value = { kind: 'none' }
          })
        },
        (error: unknown) => {
          ifMine(() => {
            failed(error)
          })
        },
      )
    },
    stop: halt,
  }
}
