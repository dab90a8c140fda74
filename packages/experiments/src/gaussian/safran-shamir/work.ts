import {
  extraDimensionKeeps,
  extraNeuronMinimumProved,
  orthonormalEndsProved,
  orthonormalEndsSymmetric,
  orthonormalMinimumProved,
  orthonormalMissedFraction,
  orthonormalPublishedLoss,
  PUBLISHED_RUNS,
  publishedSearch,
  splitEscapes,
  teacherSpectrumAgrees,
} from '@nonconvex/gaussian-theory/teacher-student'
import { difference, type Closeness } from '@nonconvex/optim/claims'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { safranShamir } from './experiment.js'
import { fractionFigure, lossFigure, minimaFigure } from './figures.js'
import { extraNeuron, families, lossByPairs, minimum, search, teacher } from './measure.js'
import { closedFormOf, nameOf } from './named-ends.js'

/** Of equal verdicts the first is shown. */
const first: Closeness = () => 0

export const work = workOf(safranShamir, {
  parts: {
    search: { measure: (cell, context) => search(cell, context), audit: lossByPairs },
    minimum: { measure: (cell, context) => minimum(cell, context) },
    extraNeuron: { measure: (cell, context) => extraNeuron(cell, context) },
    families: { measure: (cell) => families(cell) },
    teacher: { measure: (cell) => teacher(cell) },
  },
  conclude: (rows, params, verdict) => {
    const closed = rows.families.map(({ cell: { k }, measured }) => ({ k, ...measured }))
    const searched = rows.search.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const ends = rows.search.flatMap(({ cell: { k, n }, measured, witness }) =>
      measured.families.map((family, at) => ({
        ...family,
        k,
        n,
        W: witness.points[at],
        closed:
          n === k
            ? closedFormOf(family, closed.find((each) => each.k === k)?.points ?? [])
            : undefined,
      })),
    )
    const minima = rows.minimum.map(({ cell: { k }, measured, witness }) => ({
      k,
      n: k,
      ...measured,
      ...witness,
    }))
    const wider = rows.extraNeuron.map(({ cell: { k }, measured, witness }) => ({
      k,
      n: k + 1,
      ...measured,
      ...witness,
    }))
    const stuck = wider.filter(({ kind }) => kind === 'local minimum')
    const square = searched.filter(({ k, n }) => n === k)
    const some = square.filter(({ missed }) => missed > 0)
    const symmetric = (some.length > 0 ? some : square).map(({ k, missed }) => {
      const others = ends.filter((end) => end.k === k && end.n === k && !end.closed)
      const facts = {
        k,
        missed,
        others: others.reduce((sum, { runs }) => sum + runs, 0),
        losses: others.map(({ loss }) => loss),
      }
      return { which: `k = ${k}`, facts }
    })
    const eachMinimum = <Facts>(factsOf: (one: (typeof minima)[number]) => Facts) =>
      minima.map((one) => ({ which: `k = ${one.k}`, facts: factsOf(one) }))
    return {
      verdicts: [
        verdict.each(orthonormalMinimumProved, ['minimum'], () => eachMinimum((one) => one), {
          closeness: first,
        }),
        verdict.each(
          orthonormalEndsProved,
          ['search'],
          () =>
            ends.map(({ k, n, W, loss, smallestEigenvalue, found }) => ({
              which: `k = ${k}, n = ${n}`,
              facts: { k, n, W, loss, smallestEigenvalue, found },
            })),
          { closeness: first },
        ),
        verdict.each(orthonormalEndsSymmetric, ['search', 'families'], () => symmetric, {
          closeness: difference,
        }),
        verdict.each(
          extraNeuronMinimumProved,
          ['extraNeuron'],
          () => wider.map((one) => ({ which: `k = ${one.k}`, facts: one })),
          { closeness: first },
        ),
        verdict.each(
          orthonormalPublishedLoss,
          ['minimum', 'extraNeuron'],
          () =>
            [...minima, ...stuck].map(({ k, n, loss }) => ({
              which: `k = ${k}, n = ${n}`,
              facts: { k, extra: n - k, loss },
            })),
          { closeness: difference },
        ),
        verdict(orthonormalMissedFraction, ['search'], () =>
          searched.map(({ k, n, missed, unfinished }) => ({
            k,
            extra: n - k,
            runs: params.runs,
            missed,
            unfinished,
          })),
        ),
        verdict.each(teacherSpectrumAgrees, ['teacher'], () =>
          rows.teacher.map(({ cell: { k }, measured: { largest } }) => ({
            which: `k = ${k}`,
            facts: { k, largest },
          })),
        ),
        verdict.each(
          splitEscapes,
          ['minimum'],
          () => eachMinimum(({ k, split }) => ({ k, ...split })),
          { closeness: difference },
        ),
        verdict.each(extraDimensionKeeps, ['minimum'], () =>
          eachMinimum(({ k, added }) => ({ k, ...added })),
        ),
      ],
      tables: [
        tableOf('search', 'Runs that miss the teacher', searched, {
          k: ['$k$', ({ k }) => k],
          n: ['$n$', ({ n }) => n],
          missed: [`of ${params.runs} runs`, ({ missed }) => missed],
          fraction: ['fraction', ({ missed }) => missed / params.runs, 3],
          published: ['published', (one) => fractionOf(publishedOf(one)?.bad), 3],
          steps: ['mean steps', ({ steps }) => steps / params.runs, 4],
          unfinished: ['unfinished', ({ unfinished }) => unfinished],
          families: ['families', (one) => one.families.length],
          smallest: ['smallest loss', (one) => one.families.at(0)?.loss, 9],
          publishedLoss: ['published', (one) => publishedOf(one)?.smallestLoss, 9],
        }),
        tableOf('ends', 'Local minima at which runs end, up to permutations', ends, {
          k: ['$k$', ({ k }) => k],
          n: ['$n$', ({ n }) => n],
          family: ['closed form', (end) => end.closed && nameOf(end.closed)],
          runs: ['runs', ({ runs }) => runs],
          loss: ['loss', ({ loss }) => loss, 9],
          least: ['smallest eigenvalue', ({ smallestEigenvalue }) => smallestEigenvalue, 4],
          status: ['interval certificate', ({ found }) => found.status],
          radius: ['certified radius', ({ found }) => found.radius, 4],
        }),
        tableOf('minimum', 'The spurious local minimum II₁', minima, {
          k: ['$k$', ({ k }) => k],
          loss: ['loss', ({ loss }) => loss, 12],
          least: ['smallest eigenvalue', ({ smallestEigenvalue }) => smallestEigenvalue, 9],
          status: ['interval certificate', ({ found }) => found.status],
          radius: ['certified radius', ({ found }) => found.radius, 4],
          convexity: ['smallest eigenvalue there at least', ({ found }) => found.convexity, 4],
          within: ['minimum within', ({ found }) => found.minimumWithin, 2],
          split: ['$\\lambda_{\\min}$ when split', ({ split }) => split.measured, 6],
          flattest: ['$\\lambda_{\\min}(D)$ of every neuron at most', (m) => m.split.flattest, 4],
          added: ['$\\lambda_{\\min}(P)$', ({ added }) => added.added, 6],
        }),
        tableOf('extra', 'Where the split of the flipped neuron leads, n = k + 1', wider, {
          k: ['$k$', ({ k }) => k],
          end: ['end', ({ kind }) => (kind === 'global' ? 'teacher' : kind)],
          loss: ['loss', ({ loss }) => loss, 9],
          published: ['smallest published', (one) => publishedOf(one)?.smallestLoss, 9],
          least: ['smallest eigenvalue', ({ smallestEigenvalue }) => smallestEigenvalue, 6],
          status: ['interval certificate', ({ found }) => found?.status],
          radius: ['certified radius', ({ found }) => found?.radius, 4],
        }),
        tableOf('teacher', 'The Hessian at the teacher', rows.teacher, {
          k: ['$k$', ({ cell }) => cell.k],
          smallest: ['smallest eigenvalue', ({ measured }) => measured.smallest, 10],
          greatest: ['largest eigenvalue', ({ measured }) => measured.greatest, 10],
          error: ['error of the closed form', ({ measured }) => measured.largest, 2],
        }),
      ],
      figures: [
        fractionFigure(searched, params),
        minimaFigure(
          closed,
          [...minima, ...wider].map(({ k, n, found }) => ({ k, n, radius: found?.radius ?? null })),
        ),
        lossFigure(closed, ends, stuck),
      ],
    }
  },
})

const publishedOf = ({ k, n }: { readonly k: number; readonly n: number }) =>
  publishedSearch.find((row) => row.k === k && row.extra === n - k)

const fractionOf = (bad: number | undefined): number | undefined =>
  bad === undefined ? undefined : bad / PUBLISHED_RUNS
