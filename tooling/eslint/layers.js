/**
 * The layers of the repository, each package with those it may import.
 * tensor ← optim ← {gaussian-theory, overparam, structured} ← experiments ← apps
 */
export const layers = {
  '@nonconvex/tensor': [],
  '@nonconvex/optim': ['@nonconvex/tensor'],
  '@nonconvex/gaussian-theory': ['@nonconvex/tensor', '@nonconvex/optim'],
  '@nonconvex/overparam': ['@nonconvex/tensor', '@nonconvex/optim'],
  '@nonconvex/structured': ['@nonconvex/tensor', '@nonconvex/optim'],
  '@nonconvex/experiments': [
    '@nonconvex/tensor',
    '@nonconvex/optim',
    '@nonconvex/gaussian-theory',
    '@nonconvex/overparam',
    '@nonconvex/structured',
  ],
  nonconvex: [
    '@nonconvex/tensor',
    '@nonconvex/optim',
    '@nonconvex/gaussian-theory',
    '@nonconvex/overparam',
    '@nonconvex/structured',
    '@nonconvex/experiments',
  ],
  '@apps/viewer': [
    '@nonconvex/tensor',
    '@nonconvex/optim',
    '@nonconvex/gaussian-theory',
    '@nonconvex/overparam',
    '@nonconvex/structured',
    '@nonconvex/experiments',
  ],
}

/**
 * Import patterns that the package `name` must not use: a layer above it, a neighbour, or a deep
 * path.
 */
export function forbiddenImports(name) {
  const allowed = layers[name]
  const deep = {
    regex: '^(@nonconvex/[^/]+|nonconvex)/(src|dist)(/|$)',
    message: 'import a package only through the entries of its package.json',
  }
  if (!allowed) return [deep]
  const refused = Object.keys(layers).filter((other) => !allowed.includes(other))
  return [
    deep,
    ...refused
      .filter((other) => other !== name)
      .map((other) => ({
        regex: `^${other}(/|$)`,
        message: `${name} may import only ${allowed.join(', ') || 'nothing of the workspace'}`,
      })),
  ]
}
