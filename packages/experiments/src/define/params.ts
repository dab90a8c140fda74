/** What every parameter says of itself: forms, flags and `show` are made from this. */
interface Described {
  readonly help: string
  /** TeX of the symbol in the formula, where it has one */
  readonly symbol?: string
  readonly unit?: string
}

export interface NumberParam extends Described {
  readonly kind: 'integer' | 'real'
  readonly default: number
  readonly min: number
  readonly max: number
  /** how a slider divides the range; log needs min > 0 */
  readonly scale?: 'linear' | 'log'
}

export interface NumberListParam extends Described {
  readonly kind: 'integers' | 'reals'
  readonly default: readonly number[]
  readonly min: number
  readonly max: number
  readonly maxLength: number
}

export interface ChoiceParam extends Described {
  readonly kind: 'choice'
  readonly default: string
  readonly values: readonly string[]
}

export interface FlagParam extends Described {
  readonly kind: 'flag'
  readonly default: boolean
}

/** A parameter of an experiment, as data that can be listed, drawn as a form and parsed. */
export type Param = NumberParam | NumberListParam | ChoiceParam | FlagParam

/** A parameter whose values have the type T. */
export type ParamOf<T> = Param & { readonly __type?: T }

/** The parameters of an experiment: their descriptions, and the one parser for them. */
export interface ParamSchema<P> {
  readonly fields: { readonly [name: string]: Param }
  /**
   * Complete values from partial ones: missing names get their defaults, text is read as the kind asks
   * ('3', '1,10,100', 'true'), everything is checked against its range.
   * @throws InputError naming the parameter, what is allowed, what was got, and the nearest known name
   */
  parse(input: { readonly [name: string]: unknown }): P
}
