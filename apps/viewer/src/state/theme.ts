import { signal, type ReadonlySignal } from '@preact/signals'

const dark = matchMedia('(prefers-color-scheme: dark)')
const shade = signal<'light' | 'dark'>(dark.matches ? 'dark' : 'light')
dark.addEventListener('change', () => {
  shade.value = dark.matches ? 'dark' : 'light'
})

/** The reader's choice of light or dark, as the system tells it. */
export const theme: ReadonlySignal<'light' | 'dark'> = shade
