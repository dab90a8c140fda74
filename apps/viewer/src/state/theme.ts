import { signal, type ReadonlySignal } from '@preact/signals'

const dark = matchMedia('(prefers-color-scheme: dark)')
const print = matchMedia('print')
const onScreen = signal<'light' | 'dark'>('light')
const shade = signal<'light' | 'dark'>('light')

/** The reader's choice of light or dark, as the system tells it; on paper it is light. */
export const theme: ReadonlySignal<'light' | 'dark'> = shade

/**
 * The same for what is painted on a canvas, which stays as on the screen: one that is painted while a page
 * is laid out for paper comes out empty in Chromium.
 */
export const canvasTheme: ReadonlySignal<'light' | 'dark'> = onScreen

const follow = (): void => {
  onScreen.value = dark.matches ? 'dark' : 'light'
  shade.value = print.matches ? 'light' : onScreen.value
}
dark.addEventListener('change', follow)
print.addEventListener('change', follow)
// before the page is laid out for paper
addEventListener('beforeprint', () => {
  shade.value = 'light'
})
addEventListener('afterprint', follow)
follow()
