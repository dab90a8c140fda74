import { featureTemplates, tagSchemes } from '@nonconvex/structured/sequences'
import { sequenceDefaults, sequenceModels } from '../sequences/sequence-models.js'
import { declare, type FlagsOf } from './declaration.js'
import { delta, modelForce, modelJson, modelOut, tables } from './shared-flags.js'
import { dataFile, listed, positiveReal, seedRange, whole, wholes } from './values.js'

export const fitSequencesCommand = declare({
  name: 'fit sequences',
  about: 'sequences of tokens: predict the label of each from all of them',
  arguments: [{ name: 'data', help: 'a file of labeled tokens in columns', parse: dataFile }],
  flags: {
    label: { value: 'n', help: 'column of the label, from 1', parse: whole(1), usual: 'the last' },
    columns: {
      value: 'list',
      help: 'columns of the features, the word first',
      parse: wholes(1, 1000),
      usual: 'all but the label',
    },
    scheme: {
      value: 'name',
      help: 'how labels mark entities',
      choices: tagSchemes,
      usual: 'the first that all labels obey',
    },
    features: {
      value: 'list',
      help: `feature templates: ${featureTemplates.join(', ')}`,
      parse: listed(featureTemplates),
      usual: 'all',
    },
    model: {
      value: 'kind',
      help: 'chain CRF by likelihood, max-margin Markov network, or structured perceptron',
      choices: sequenceModels,
      default: 'crf',
    },
    lambda: {
      value: 'x',
      help: 'λ of the regularizer (λ/2)|w|², of crf and m3n',
      parse: positiveReal,
      usual: '1/N of N sequences',
    },
    tol: {
      value: 'x',
      help: 'stop when the objective provably exceeds its minimum by at most x',
      parse: positiveReal,
      usual: `${sequenceDefaults.crf.tol} of crf, ${sequenceDefaults.m3n.tol} of m3n`,
    },
    iterations: {
      value: 'n',
      help: 'maximum number of iterations of crf, or of passes through the sequences',
      parse: whole(1),
      usual: `${sequenceDefaults.crf.iterations} of crf, ${sequenceDefaults.m3n.iterations} of m3n and perceptron`,
    },
    seed: {
      value: 'n',
      help: `seed of the order of m3n, ${seedRange}`,
      parse: whole(0),
      default: 1,
    },
    delta,
    test: {
      value: 'file',
      help: 'held-out sequences, never used for training or selection',
      parse: dataFile,
    },
    out: modelOut,
    force: modelForce,
    json: modelJson,
    tables,
  },
  help: `DATA has a token a line with the same number of columns, separated by tabs or spaces, and an
empty line between sequences, as in the CoNLL shared tasks; it may be gzipped.

The chain CRF is trained by L-BFGS up to a proven distance from its global minimum, |∇F|²/2λ; of
m3n the proof is the duality gap. If the sequences are linearly separable, the structured
perceptron's mistake bound and its bound on the error for new sequences are reported.

If labels are tags (IOB2, IOB1, IOBES), --test counts entities as conlleval does: one is right if
its type, first and last token are.

Features are 0 or 1: the word, its lower case, prefixes and suffixes of up to three characters, shape
(McDonald-42: XxXx-0), the other columns, and word, shape and columns of both neighbors.

Examples:
  nonconvex fit sequences train.conll --test test.conll --out my-tags
  nonconvex predict my-tags new.conll --out predicted.conll
  nonconvex evaluate my-tags test.conll`,
  hint: 'nonconvex fit sequences FILE --out MODEL; the label is the last column, or --label N',
})
export type FitSequencesFlags = FlagsOf<typeof fitSequencesCommand>
