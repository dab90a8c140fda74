/** A call that a public function refuses, and what it says without its name. */
export type Refusal = readonly [
  call: () => unknown,
  message: string | RegExp,
  kind?: new (message: string) => Error,
]
