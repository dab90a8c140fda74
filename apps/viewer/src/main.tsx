import { experiments } from '@nonconvex/experiments'
import { render } from 'preact'
import { explorers } from './explore/explorers.js'
import './style/index.css'
import { workOffline } from './offline/register.js'
import { followAddress } from './state/route.js'
import { Page } from './view/page.js'
import { loadTex } from './view/tex.js'

/** The page waits this long, in milliseconds, for what would make it jump if it came later. */
const patience = 400

followAddress([...experiments, ...explorers])
const faces = ["600 1em 'Source Serif 4'", "1em 'Source Sans 3'"]
// What does not come is done without: another face, a formula as its TeX.
const ready = Promise.allSettled([loadTex(), ...faces.map((face) => document.fonts.load(face))])
await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, patience))])
const root = document.getElementById('page')
if (root) {
  root.replaceChildren()
  render(<Page />, root)
}
workOffline()
