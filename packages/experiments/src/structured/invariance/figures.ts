import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import { TOLERANCE } from './conclude.js'

/** What is drawn for labels that did not change at all. */
const FLOOR = 1e-18

/** How far labels move when nodes are listed in another order: by rounding, or by whole units. */
export function invarianceFigures(found: Found): Figure[] {
  return [
    {
      id: 'invariance',
      title: 'Another order of the nodes changes labels by rounding, or by much',
      caption:
        'Largest change of a label over all inputs and orders tried. Functions of the form of the theorem change by rounding only, some not at all (drawn at $10^{-18}$); functions that read positions change by much, on the smallest counterexample that is left after shrinking.',
      panels: [panel(found)],
    },
  ]
}

function panel({ form, violators }: Found): Panel {
  const all = [
    ...form.map(({ name, error }) => ({ name, error, tone: 'form' })),
    ...violators.map(({ name, error }) => ({ name, error, tone: 'violator' })),
  ].map((one, i) => ({ ...one, error: Math.max(FLOOR, one.error), i }))
  // the first stands on top
  const place = (i: number): number => all.length - i
  const of = (tone: string) => all.filter((one) => one.tone === tone)
  const dots = (tone: string) => ({
    x: of(tone).map(({ error }) => error),
    y: of(tone).map(({ i }) => place(i)),
  })
  const names = (tone: string) => ({ ...dots(tone), text: of(tone).map(({ name }) => name) })
  return {
    x: { label: 'largest change of a label', scale: 'log', domain: [FLOOR / 5, 1e6] },
    y: { label: 'functions, numbered', domain: [0, all.length + 1] },
    frames: {
      form: dots('form'),
      violator: dots('violator'),
      formNames: names('form'),
      violatorNames: names('violator'),
      allowed: { x: [TOLERANCE] },
      allowedName: { x: [TOLERANCE], y: [all.length + 0.5], text: ['allowed'] },
    },
    marks: [
      { mark: 'rule-x', frame: 'allowed', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'dot', frame: 'form', x: 'x', y: 'y', tone: 'measured', radius: 3.5 },
      { mark: 'dot', frame: 'violator', x: 'x', y: 'y', tone: 'violated', radius: 3.5 },
      nameMark('formNames', { tone: 'measured', anchor: 'start', dx: 8 }),
      nameMark('violatorNames', { tone: 'violated', anchor: 'end', dx: -8 }),
      nameMark('allowedName', { tone: 'bound', anchor: 'start', dx: 6 }),
    ],
  }
}
