/** The description that all parameters have; forms, flags and `show` are made from it. */
interface Described {
  /** one short phrase for a reader of the formula: 'hidden units' */
  readonly help: string
  /** TeX of the symbol in the formula, where it has one */
  readonly symbol?: string
  readonly unit?: string
  /** an earlier name, which `parse` still accepts */
  readonly formerly?: string
}

/** A number in [min, max]; made by `integer` and `real`. */
export interface NumberParam extends Described {
  readonly kind: 'integer' | 'real'
  readonly default: number
  readonly min: number
  readonly max: number
  /** how a slider divides the range; log needs min > 0 */
  readonly scale?: 'linear' | 'log'
}

/** A list of 1 to maxLength numbers, each in [min, max]; made by `integers` and `reals`. */
export interface NumberListParam extends Described {
  readonly kind: 'integers' | 'reals'
  readonly default: readonly number[]
  readonly min: number
  readonly max: number
  readonly maxLength: number
  /** whether each number may occur only once; the entries of a vector may repeat */
  readonly distinct?: true
}

/** One of several words; made by `choice`. */
export interface ChoiceParam extends Described {
  readonly kind: 'choice'
  readonly default: string
  readonly values: readonly string[]
}

/** Yes or no; made by `flag`. */
export interface FlagParam extends Described {
  readonly kind: 'flag'
  readonly default: boolean
}

/**
 * A text on one line of at most maxLength characters, without spaces at its ends; made by `text`.
 */
export interface TextParam extends Described {
  readonly kind: 'text'
  readonly default: string
  readonly maxLength: number
  /** what it may contain, in words: 'a name, or JSON {n, subsets, k}' */
  readonly form: string
  /** texts to choose from; others are allowed */
  readonly suggestions: readonly string[]
}

/**
 * A file of the user's, as a path; made by `file`. Without one, its name is not among the values.
 */
export interface FileParam extends Described {
  readonly kind: 'file'
  /** none */
  readonly default: ''
  /** what it holds, in words: 'annotated scenes' */
  readonly holds: string
}

/** A parameter of an experiment, as data that can be listed, drawn as a form and parsed. */
export type Param = NumberParam | NumberListParam | ChoiceParam | FlagParam | TextParam | FileParam

/** A parameter whose values have the type T. (`__type` exists only in types.) */
export type ParamOf<T> = Param & { readonly __type?: T }

/** The parameters of an experiment: their descriptions, and the one parser for them. */
export interface ParamSchema<P> {
  readonly fields: { readonly [name: string]: Param }
  /**
   * Complete values from partial ones: missing names get their defaults, text is read as the kind
   * asks ('3', '1,10,100', 'true'), everything is checked against its range. Parsing its result
   * again changes nothing.
   * @throws InputError naming the parameter, what is allowed, what was got, and the nearest known
   *   name
   */
  parse(input: { readonly [name: string]: unknown }): P
}
