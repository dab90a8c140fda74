/** The version of this package, as written into results; equal to the one in package.json. */
export const version = '0.1.0'
