import { bruteForce, pairwiseModel, personOnBoard } from '@nonconvex/structured/pairwise'

/** The picture, its parts alone and together. */
export type PictureMeasured = {
  /** probability of each label of each part, alone and together */
  readonly local: readonly (readonly number[])[]
  readonly whole: readonly (readonly number[])[]
  /** all labelings by falling probability */
  readonly ranked: readonly { readonly y: readonly number[]; readonly p: number }[]
}

/** By enumeration. */
export function pictureOf(): PictureMeasured {
  const model = pairwiseModel(personOnBoard)
  const { node, top, logZ } = bruteForce(model, { top: 12 })
  const parts = bruteForce(pairwiseModel({ ...personOnBoard, edges: [], pair: [] }))
  const plain = (list: readonly Float64Array[]) => list.map((p) => [...p])
  return {
    local: plain(parts.node),
    whole: plain(node),
    ranked: top.map(({ y, score }) => ({ y: [...y], p: Math.exp(score - logZ) })),
  }
}
