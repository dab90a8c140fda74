/** The browser of the browser tests: CHROMIUM, default /usr/bin/chromium. */
export declare const chromium: string

/** Tests in Chromium; without it they are skipped with the reason, which `npm test` prints. */
export declare function describeInChromium(what: string, tests: () => void): void

/**
 * Tests on real data, which are not part of the repository. They stand in files named
 * `….data.test.ts` and are skipped with the reason, which `npm test` prints, without
 * NONCONVEX_DATA.
 *
 * @param what - the title of the tests
 * @param folder - the folder or file below NONCONVEX_DATA that they need
 * @param tests - called with the path of `folder`
 * @throws Error if NONCONVEX_DATA is set and has no such folder or file
 */
export declare function describeWithData(
  what: string,
  folder: string,
  tests: (path: string) => void,
): void

/** The Python of such tests: NONCONVEX_PYTHON, default python3. */
export declare const python: string

/** Tests in Python with NumPy; without them they are skipped with the reason, which `npm test` prints. */
export declare function describeWithPython(what: string, tests: () => void): void

/** Tests that need Python's standard library only; without it they are skipped with the reason. */
export declare function describeWithPlainPython(what: string, tests: () => void): void
