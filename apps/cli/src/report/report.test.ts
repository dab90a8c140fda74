import { runExperiment, type Result } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { demos } from '../../test/fixtures/demo.js'
import type { ReportEntry } from './entry.js'
import { makeReport } from './report.js'

const facts = { seed: 1, preset: 'quick', seconds: 3, version: '0.0.0' }

async function entries(outcome = 'holds'): Promise<ReportEntry[]> {
  return Promise.all(
    demos.map(async (experiment) => ({
      experiment,
      result: await runExperiment(experiment, { params: { outcome }, seed: 1 }),
      command: `nonconvex run ${experiment.id} --seed 1`,
      verification: ['cell: recomputed from the seed'],
      files: new Map([['steps.csv', '']]),
      folder: `results/${experiment.id}`,
    })),
  )
}

/** The ledger's rows that are not folded: status and title. */
const rows = (page: string) =>
  [...page.matchAll(/<td class="verdict">.*?<\/svg\s*>(\w+)<\/span/gs)].map(([, status]) => status)

describe('makeReport', () => {
  it('gives the same bytes for the same entries', async () => {
    const page = makeReport(await entries(), facts)
    expect(makeReport(await entries(), facts)).toBe(page)
  })

  it('escapes what experiments say', async () => {
    const page = makeReport(await entries(), facts)
    expect(page).toContain('&lt;b&gt;it is a fixture&lt;/b&gt; &amp; a test')
    expect(page).not.toContain('<b>it is a fixture')
  })

  it('links to every experiment and claim by ids of their own', async () => {
    const page = makeReport(await entries(), facts)
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
    expect(targets).toEqual(
      expect.arrayContaining(['demo-halving', 'ledger-demo-halving', 'demo-halving--demo-steps-bounded']),
    )
  })

  it('says of a folded claim how much of its bound was used, and where it is attained', async () => {
    const [first, ...others] = await entries()
    const own = { ...first.result.verdicts[0], attains: 0.9826 }
    const folded = { ...own, claim: 'demo/folded', tightness: 0.207, attainedBy: own.claim }
    const result = { ...first.result, verdicts: [own, folded] }
    const page = makeReport([{ ...first, result }, ...others], facts)
    const [list] = /<ul>.*?<\/ul>/s.exec(page.slice(page.indexOf('1 more claim'))) ?? ['']
    expect(list).toContain('20.7 % of the bound')
    expect(list).toMatch(/href="#demo-halving--demo-steps-bounded"[^>]*>tightest known 98\.3 %</)
    expect(list).toMatch(/class="measured">.* ≤\s*<span class="bound">/s)
  })

  it('shows the claims of one status or part without a script', async () => {
    const page = makeReport(await entries('violated'), facts)
    expect(page).not.toContain('<script')
    const choices = [...page.matchAll(/id="(status|part)-(\w+)"/g)].map(([, , value]) => value)
    expect(choices).toEqual(expect.arrayContaining(['all', 'violated']))
    for (const value of choices.filter((choice) => choice !== 'all')) {
      expect(page).toContain(`-${value}:checked) [data-`)
      expect(page).toMatch(new RegExp(`data-(status|part)="[^"]*\\b${value}\\b`))
    }
  })

  it('names in the contents what does not hold', async () => {
    const contents = (page: string) => page.slice(page.indexOf('<nav'), page.indexOf('</nav>'))
    expect(contents(makeReport(await entries(), facts))).not.toContain('class="mark')
    expect(contents(makeReport(await entries('violated'), facts))).toContain('mark violated')
  })

  it('folds what holds beside the first claim, and nothing else', async () => {
    expect(rows(makeReport(await entries(), facts))).toEqual(['holds', 'holds'])
    const mixed = await entries()
    const [{ result }] = mixed
    const verdicts = result.verdicts.map((verdict, i) =>
      i === 1 ? { ...verdict, status: 'violated' as const } : verdict,
    )
    const changed: Result = { ...result, verdicts }
    const page = makeReport([{ ...mixed[0], result: changed }, mixed[1]], facts)
    expect(rows(page)).toEqual(['holds', 'violated', 'holds'])
    expect(page).toMatch(/<b>1<\/b> violated/)
  })

  it('names the hypothesis that fails, and counts the claim as one that does not apply', async () => {
    const page = makeReport(await entries('inapplicable'), facts)
    expect(page).toMatch(/<li class="fails">\s*<span class="word">fails<\/span>/)
    expect(page).toMatch(/<b>2<\/b> do not apply/)
  })

  it('shows the counterexample of a claim that is violated', async () => {
    expect(makeReport(await entries('violated'), facts)).toContain('{&quot;x&quot;:1}')
  })

  it('leaves out parts without experiments', async () => {
    const page = makeReport(await entries(), facts)
    expect(page).toMatch(/id="optimization"[^]*id="generalization"/)
    expect(page).not.toContain('id="architecture"')
  })
})
