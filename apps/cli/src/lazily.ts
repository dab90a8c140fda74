/**
 * A command whose program is brought when the command is given, so that `list` does not wait for
 * what only `fit` needs.
 *
 * @param bring - gives the command's function, by `import()`
 */
export const lazily =
  <A extends readonly unknown[]>(bring: () => Promise<(...args: A) => number | Promise<number>>) =>
  async (...args: A): Promise<number> =>
    (await bring())(...args)
