import { describe, expect, it } from 'vitest'
import { headless } from '../test/svg.js'
import { conclude } from './engine/conclude.js'
import { cellsOf } from './engine/cell.js'
import { drawFigure } from './figure/draw.js'
import { experiments, findExperiment } from './registry.js'

describe('findExperiment', () => {
  it('finds each by its id', () => {
    for (const experiment of experiments) expect(findExperiment(experiment.id)).toBe(experiment)
  })

  it('names the nearest, or all', () => {
    const among = experiments.slice(0, 1)
    const id = among.at(0)?.id ?? ''
    if (id !== '')
      expect(() => findExperiment(`${id}s`)).toThrow(
        `unknown experiment "${id}s"; did you mean ${id}?`,
      )
    expect(() => findExperiment('zzzzzzzz', among)).toThrow(
      `unknown experiment "zzzzzzzz"; known: ${id || 'none'}`,
    )
  })
})

it('has ids of the form part/name, each once', () => {
  const ids = experiments.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/)
})

/**
 * Lists whose numbers belong to places: weights of a vector, step sizes one for each batch size.
 */
const vectors = [
  'gaussian/integral u',
  'gaussian/integral v',
  'gaussian/overlap-minimum custom',
  'gaussian/sgd etaB',
]

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
  '%s',
  (_, experiment) => {
    it('says what it is', () => {
      for (const text of [experiment.name, experiment.title, experiment.about, experiment.formula])
        expect(text.trim()).not.toBe('')
      expect(Object.values(experiment.source).join('')).not.toBe('')
      // a claim is a sentence without a full stop, three of them explain it
      expect(experiment.title).not.toMatch(/\.$/)
      expect(experiment.expectedSeconds.quick).toBeGreaterThan(0)
      expect(experiment.expectedSeconds.full).toBeGreaterThan(0)
    })

    it('explains every parameter', () => {
      for (const [name, field] of Object.entries(experiment.params.fields)) {
        expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/)
        expect(field.help.trim(), name).not.toBe('')
      }
    })

    it('refuses a number twice in a list, unless the list is a vector', () => {
      for (const [name, field] of Object.entries(experiment.params.fields)) {
        if (field.kind !== 'integers' && field.kind !== 'reals') continue
        const [value] = field.default
        const twice = (): unknown => experiment.params.parse({ [name]: [value, value] })
        if (vectors.includes(`${experiment.id} ${name}`)) expect(twice, name).not.toThrow(/once/)
        else
          expect(twice, name).toThrow(
            `parameter ${name}: expected each number once, got ${value} more than once`,
          )
      }
    })

    it.each(['quick', 'full'] as const)('has a %s preset that parses to distinct cells', (name) => {
      const params = experiment.params.parse(experiment.presets[name])
      expect(experiment.params.parse(params)).toEqual(params)
      expect(cellsOf(experiment, params).length).toBeGreaterThan(0)
    })

    it('concludes nothing from no rows, and draws it', async () => {
      const params = experiment.params.parse(experiment.presets.quick)
      const { verdicts, figures } = await conclude(experiment, [], params)
      expect(verdicts.length).toBeGreaterThan(0)
      for (const { claim, status } of verdicts)
        expect(['inconclusive', 'inapplicable'], claim).toContain(status)
      for (const figure of figures)
        expect(drawFigure(figure, { document: headless(), theme: 'light' })).toMatch(/^<svg /)
    })
  },
)
