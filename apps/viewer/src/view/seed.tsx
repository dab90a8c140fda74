import { commit, draft, editSeed, reading } from '../state/route.js'
import { rollSeed } from '../state/seed.js'

/** The seed, and a button that draws another. */
export function Seed() {
  const { seedError } = reading.value
  return (
    <>
      <span class="seed">
        <label for="seed">Seed</label>
        <input
          id="seed"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={draft.value.seed}
          aria-invalid={seedError !== undefined}
          aria-describedby={seedError === undefined ? undefined : 'seed-error'}
          onInput={(event) => {
            editSeed(event.currentTarget.value)
          }}
          onChange={() => {
            commit()
          }}
        />
      </span>
      <button
        type="button"
        class="plain"
        title="random seed"
        onClick={() => {
          editSeed(String(rollSeed()))
          commit()
        }}
      >
        roll
      </button>
    </>
  )
}

/** What is wrong with the seed, where something is. */
export function SeedError() {
  const { seedError } = reading.value
  if (seedError === undefined) return null
  return (
    <p class="error" id="seed-error">
      {seedError}
    </p>
  )
}
