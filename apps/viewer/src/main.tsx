import { render } from 'preact'
import './style/index.css'
import { followAddress } from './state/place.js'
import { Page } from './view/page.js'
import { loadTex } from './view/tex.js'

followAddress()
const root = document.getElementById('page')
if (root) render(<Page />, root)
loadTex()
