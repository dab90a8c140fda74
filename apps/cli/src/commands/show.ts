import { allowed, findExperiment, type Experiment, type Param } from '@nonconvex/experiments'
import type { Hypothesis } from '@nonconvex/optim/claims'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import { printColumns } from '../text/columns.js'
import { formatSeconds } from '../text/numbers.js'
import { sourceText } from '../text/source.js'
import { sharedHypotheses } from '../text/hypotheses.js'
import { inlineTexToText, texToText } from '../text/tex.js'
import { valueText } from '../text/values.js'
import { wrap } from '../text/wrap.js'
import type { Terminal } from '../terminal/terminal.js'
import { claimsOf, type ShownClaim } from './show-claims.js'

/** `nonconvex show <id>`: everything there is to know before a run. */
export async function show(
  host: Host,
  terminal: Terminal,
  id: string,
  flags: { readonly json?: boolean },
): Promise<number> {
  const experiment = findExperiment(id, host.experiments)
  const claims = await claimsOf(experiment)
  if (flags.json) {
    terminal.print(JSON.stringify(description(experiment, claims), null, 2))
    return exit.done
  }
  const { print, style, columns } = terminal
  const paragraph = (text: string, indent = '  ') => {
    for (const line of wrap(text, columns - indent.length)) print(indent + line)
  }
  const heading = (text: string) => {
    print()
    print(style.strong(text))
  }
  print(`${style.strong(experiment.id)}  ${inlineTexToText(experiment.title)}`)
  print()
  paragraph(inlineTexToText(experiment.about))
  heading('Formula')
  paragraph(texToText(experiment.formula))
  for (const { tex, text } of experiment.symbols)
    paragraph(`${texToText(tex)}: ${inlineTexToText(text)}`, '    ')
  paragraph(`TeX: ${experiment.formula}`, '    ')
  heading('Claims')
  const shared = new Set(sharedHypotheses(claims.map(({ claim }) => claim)).map(({ text }) => text))
  for (const text of shared) paragraph(`if ${inlineTexToText(text)}`)
  if (shared.size > 0) print()
  for (const shown of claims) {
    const { title, rigor, hypotheses } = shown.claim
    paragraph(`${inlineTexToText(title)} (${rigor}${whenText(shown)})`)
    for (const { text } of hypotheses)
      if (!shared.has(text)) paragraph(`if ${inlineTexToText(text)}`, '    ')
  }
  heading('Parameters (--set name=value)')
  for (const line of parameterLines(experiment, terminal)) print(`  ${line}`)
  heading('Presets and expected time on one core')
  for (const preset of ['quick', 'full'] as const)
    paragraph(
      `--preset ${preset}: ${presetText(experiment, preset)}; ` +
        `about ${formatSeconds(experiment.expectedSeconds[preset])}`,
    )
  heading('Source')
  paragraph(sourceText(experiment.source))
  return exit.done
}

/** When a claim is decided, where that is not always. */
const whenText = ({ onlyWith, notWith }: ShownClaim): string =>
  onlyWith !== undefined
    ? `; decided with --set ${onlyWith} only`
    : notWith !== undefined
      ? `; not decided with --set ${notWith}`
      : ''

function parameterLines(experiment: Experiment, { style, columns: room }: Terminal): string[] {
  const rows = Object.entries(experiment.params.fields).map(([name, param]) => [
    name,
    param.kind === 'file' ? 'none' : valueText(param.default),
    inlineTexToText(helpText(param)),
    allowed(param),
  ])
  const columns = ['name', 'default', 'meaning', 'allowed'].map((title) => ({ title }))
  return printColumns(columns, rows, { heading: style.soft, room: room - 2 })
}

const helpText = ({ help, unit }: Param): string =>
  unit === undefined ? help : `${help} (${unit})`

function presetText(experiment: Experiment, preset: 'quick' | 'full'): string {
  const entries = Object.entries(experiment.params.parse(experiment.presets[preset])).filter(
    ([name]) => Object.hasOwn(experiment.presets[preset], name),
  )
  if (entries.length === 0) return 'the defaults'
  return entries.map(([name, value]) => `${name}=${valueText(value)}`).join(' ')
}

function description(experiment: Experiment, claims: readonly ShownClaim[]) {
  const { id, part, name, title, about, formula, symbols, source } = experiment
  const { params, presets, expectedSeconds } = experiment
  return {
    schema: 'nonconvex/experiment@1',
    id,
    part,
    name,
    title,
    about,
    formula,
    symbols,
    source,
    claims: claims.map(({ claim: { claim, title, rigor, source, hypotheses }, ...when }) => ({
      claim,
      title,
      rigor,
      source,
      hypotheses: hypotheses.map(({ text }: Hypothesis) => text),
      ...when,
    })),
    params: params.fields,
    presets,
    expectedSeconds,
  }
}
