import type { Matrix } from '@nonconvex/tensor'

/**
 * The output of a detector for an image: scores of each object and each ordered pair, and further
 * features.
 */
export interface SceneInput {
  /** n × C, scores of the classes */
  readonly objects: Matrix
  /**
   * n² × R, scores of the predicates, 0 the empty one; row i * n + j for i → j; the diagonal is
   * never read
   */
  readonly relations: Matrix
  /** n × any, further features of each object, such as those of its box */
  readonly nodeFeatures?: Matrix
  /** n² × any, further features of each ordered pair; the diagonal is never read */
  readonly pairFeatures?: Matrix
}

/** A scene with its true labels. */
export interface LabeledScene extends SceneInput {
  /** [n], from 0 to C − 1 */
  readonly classes: Int32Array
  /** [n²], from 0 to R − 1, 0 for none; the diagonal is never read */
  readonly predicates: Int32Array
}
