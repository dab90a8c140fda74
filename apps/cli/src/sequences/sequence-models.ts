/** What can be trained on sequences. */
export const sequenceModels = ['crf', 'm3n', 'perceptron'] as const

/** Default tolerance of the objective, and limit of iterations or passes. */
export const sequenceDefaults = {
  crf: { tol: 1e-6, iterations: 1000 },
  m3n: { tol: 1e-2, iterations: 100 },
  perceptron: { tol: 0, iterations: 100 },
} as const
