import type { SceneTask } from '@nonconvex/structured'
import type { Rules } from './measure-data.js'

/** Names for tables and figures. */
export const taskNames: { readonly [task in SceneTask]: string } = {
  predcls: 'PredCls: classes given',
  sgcls: 'SGCls: classes found',
}
export const ruleNames: Rules<string> = {
  constrained: 'one predicate a pair',
  unconstrained: 'all predicates',
}
export const rules = ['constrained', 'unconstrained'] as const
/** K of all recalls. */
export const dataAt: readonly number[] = [20, 50, 100]
