import { counted } from '@nonconvex/optim/claims'
import { fitScenesCommand } from '../command-line/data-commands.js'
import { fitCommands } from '../fit/kept-flags.js'
import { figureBlock } from '../report/figure.js'
import { html } from '../report/html.js'
import { htmlPage } from '../report/page.js'
import { tableBlock } from '../report/table.js'
import type { ShownTable } from '../text/prose.js'
import { factsTable } from './count-scenes.js'
import type { SharedImages } from './compare-predictors.js'
import { trainedOnThem } from './print-scores.js'
import { sceneModels } from './scene-models.js'
import { recallNotes, scoresTable, type NamedScores, type ScoredScenes } from './scene-scores.js'
import type { ScenesRecord } from './scenes-record.js'
import { measuredTasks, type MeasuredTask } from './tasks.js'
import { trainingFigure, trainingTable } from './training-report.js'

/** The warning on a model that was tested on its training images. */
export const testedOnItself = `--test: ${trainedOnThem[0].toLowerCase()}${trainedOnThem.slice(1)}`

/** The warning on a model that was tested on some of its training images. */
export const testedOnShared = (
  test: string,
  data: string,
  { count, first }: SharedImages,
): string =>
  `${test}: ${counted(count, 'image')} of ${data} ${count === 1 ? 'is' : 'are'} also in it, the first as ${JSON.stringify(first)}: the recall does not estimate that on new images; use images that are not in the training data`

/** The remark on test images that are training images. */
function testedText({ data, tested }: ScenesRecord['training']): readonly string[] {
  if (tested?.trainedOn === true) return [testedOnItself]
  return tested?.shared ? [testedOnShared(tested.file, data.file, tested.shared)] : []
}

/** What is in the scenes, and which model was made of them. */
export function scenesSummary({ classes, predicates, parameters, training }: ScenesRecord): string {
  const { images, boxes, relations } = training.data
  const { model } = parameters
  const about = sceneModels.get(model)?.about ?? model
  return `${counted(images, 'image')} with ${counted(boxes, 'box', 'boxes')} of ${counted(classes.length - 1, 'class', 'classes')} and ${counted(relations, 'relation')} of ${counted(predicates.length - 1, 'predicate')}. The model, ${model}: ${about}.`
}

/** Recalls of a document, and how they were measured. */
interface Measured {
  readonly scores: readonly NamedScores[]
  readonly tasks: readonly MeasuredTask[]
  readonly inclusive: boolean
  readonly on?: string
}

/** On the test images; without them, on the validation images of a network; else there are none. */
function measuredOf({ parameters, training }: ScenesRecord): Measured | undefined {
  const named = (test: ScoredScenes, baseline?: ScoredScenes): readonly NamedScores[] =>
    baseline === undefined
      ? [{ scores: test }]
      : [
          { name: parameters.model, scores: test },
          { name: 'frequency', scores: baseline },
        ]
  const tasksOf = (task: string): readonly MeasuredTask[] =>
    measuredTasks.filter((each) => task.split(', ').includes(each))
  const { tested, test, baseline, network } = training
  if (tested && test)
    return {
      scores: named(test, baseline),
      tasks: tasksOf(tested.task),
      inclusive: tested.inclusive,
    }
  if (network?.validation === undefined) return undefined
  const { validation, images } = network
  return {
    scores: named(validation.test, validation.baseline),
    tasks: tasksOf(validation.task),
    inclusive: validation.inclusive,
    on: `the ${counted(images.valid, 'validation image')}, with the frequencies of the others (--test evaluates held-out images)`,
  }
}

/** For which task the recalls are, and how another is asked for; nothing without recalls. */
export function taskText(record: ScenesRecord): string | undefined {
  const [task, ...more] = measuredOf(record)?.tasks ?? []
  if (task === undefined || more.length > 0) return undefined
  const trained = 'task' in record.parameters
  const how = trained ? '' : '(evaluate MODEL DATA) '
  const chosen = trained && record.flags['task'] === undefined ? ', by the fields of the data' : ''
  return task === 'sgcls'
    ? `The recall is for the task sgcls${chosen}: boxes are given, and classes are predicted from objectLogits; --task predcls gives the classes, too.`
    : `The recall is for the task predcls${chosen}: boxes and their classes are given; --task sgcls ${how}predicts the classes, too, from objectLogits.`
}

/** Scenes, training and recalls, in the order of the page. */
export function scenesTables(record: ScenesRecord): readonly ShownTable[] {
  const { parameters, training } = record
  const measured = measuredOf(record)
  return [
    factsTable(training.data),
    ...(training.network && 'task' in parameters
      ? [trainingTable(training.network, parameters)]
      : []),
    ...(measured ? [scoresTable(measured.scores, measured)] : []),
  ]
}

/**
 * The report on a set of scenes as one page that needs nothing else, from its document alone: equal
 * documents give equal bytes.
 */
export function scenesPage(record: ScenesRecord): string {
  const { training, flags, versions } = record
  const { data, network } = training
  const title = `Scene graphs of ${data.file}`
  const summary = [scenesSummary(record), ...testedText(training)]
  const measured = measuredOf(record)
  const notes = measured ? recallNotes(measured.scores, measured) : []
  const body = html`<header>
      <h1>${title}</h1>
      ${summary.map((text) => html`<p class="lead">${text}</p>`)}
    </header>
    <main>
      <section class="experiment">
        ${scenesTables(record).map(tableBlock)}
        ${notes.map((text) => html`<p class="source">${text}</p>`)}
        ${network && figureBlock(trainingFigure(network), 'scenes')}
        <pre
          class="command"
        ><code>${fitCommands(fitScenesCommand, data.file, flags).join('\n')}</code></pre>
      </section>
    </main>`
  return htmlPage(title, versions.nonconvex, body)
}
