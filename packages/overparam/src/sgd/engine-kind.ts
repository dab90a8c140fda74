/**
 * The algorithm that decides whether a visit is an update; all algorithms make the same decisions.
 *
 * - `primal`: with the weights, whole rows of the data; `sparse`: their non-zero features only
 * - the others maintain bounds for every example through the Gram matrix and use the weights only
 *   where these do not decide, and at every update: `eager` for narrow networks, `blocks` for wide
 *   ones, `offset` where units share their activation patterns, `gram` in float64 throughout
 */
export type EngineKind = 'primal' | 'sparse' | 'gram' | 'eager' | 'blocks' | 'offset'

/**
 * The name of an engine; `auto` is the one of least estimated cost for the sizes of data and
 * network, and may be changed once during the run.
 */
export type EngineName = EngineKind | 'auto'
