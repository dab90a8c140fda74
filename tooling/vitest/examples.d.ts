/**
 * Registers a test for the README's example and for every `@example` of a package: run against the
 * built package, each prints what its comments `// → …` say, in order.
 *
 * @param root - the package's folder
 * @param options - atLeast: how many examples there are; fewer found means that they are no longer
 *   looked for
 */
export declare function examplesPrintWhatTheySay(
  root: string,
  options: { readonly atLeast: number },
): void
