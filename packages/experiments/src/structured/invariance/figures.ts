import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import { TOLERANCE } from './conclude.js'

/** What is drawn for labels that did not change at all. */
const FLOOR = 1e-18

/** How far labels move when nodes are listed in another order: by rounding, or by whole units. */
export function invarianceFigures(found: Found): Figure[] {
  const list = [...found.form, ...found.violators]
    .map(({ name }, i, all) => `${all.length - i} ${name}`)
    .reverse()
    .join('; ')
  return [
    {
      id: 'invariance',
      title: 'Another order of the nodes changes labels by rounding, or by much',
      caption: `Largest change of a label over all inputs and orders tried. Functions of the form of the theorem change by rounding only, some not at all (drawn at $10^{-18}$); functions that read positions change by much, on the smallest counterexample that is left after shrinking. From below: ${list}.`,
      panels: [panel(found)],
    },
  ]
}

function panel({ form, violators }: Found): Panel {
  const total = form.length + violators.length
  // the first of the list stands on top
  const dots = (all: Found['form'], before: number) => ({
    x: all.map(({ error }) => Math.max(FLOOR, error)),
    y: all.map((_, i) => total - before - i),
  })
  const name = (text: string, x: number, y: number) => ({ x: [x], y: [y], text: [text] })
  return {
    x: { label: 'largest change of a label', scale: 'log', domain: [FLOOR / 5, 1e3] },
    y: { label: 'functions, from below', domain: [0, total + 3] },
    frames: {
      form: dots(form, 0),
      violator: dots(violators, form.length),
      formName: name('of the form', 1e-12, total - 0.45 * form.length),
      violatorName: name('reading positions', 1e-2, violators.length / 2),
      allowed: { x: [TOLERANCE] },
      allowedName: name('allowed', TOLERANCE, total + 2),
    },
    marks: [
      { mark: 'rule-x', frame: 'allowed', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'dot', frame: 'form', x: 'x', y: 'y', tone: 'measured', radius: 3.5 },
      { mark: 'dot', frame: 'violator', x: 'x', y: 'y', tone: 'violated', radius: 3.5 },
      nameMark('formName', { tone: 'measured', anchor: 'start', dx: 8 }),
      nameMark('violatorName', { tone: 'violated', anchor: 'end', dx: -8 }),
      nameMark('allowedName', { tone: 'bound', anchor: 'start', dx: 6 }),
    ],
  }
}
