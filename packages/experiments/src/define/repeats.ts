import type { InputIssue } from './input-error.js'

/** What is wrong with lists in which a number stands twice: for the review of an `object` schema. */
export function repeats(lists: { readonly [name: string]: readonly number[] }): InputIssue[] {
  return Object.entries(lists).flatMap(([name, list]) => {
    const twice = list.find((value, i) => list.indexOf(value) < i)
    if (twice === undefined) return []
    return [
      { where: name, message: `parameter ${name}: expected each number once, got ${twice} twice` },
    ]
  })
}
