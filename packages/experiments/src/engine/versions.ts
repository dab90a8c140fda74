import type { Result } from '../result/result.js'
import { version } from '../version.js'

interface Host {
  readonly process?: {
    readonly version?: string
    readonly platform?: string
    readonly arch?: string
  }
  readonly navigator?: { readonly userAgent?: string; readonly platform?: string }
}

/**
 * The environment: package version, runtime ('node v20.20.2', or the browser's user agent) and
 * machine type ('linux x64', 'browser MacIntel'). Equal machine types give equal bytes.
 */
export function hereVersions(): Result['versions'] {
  const { process, navigator } = globalThis as Host
  if (process?.version)
    return {
      nonconvex: version,
      runtime: `node ${process.version}`,
      machine: `${process.platform ?? 'unknown'} ${process.arch ?? 'unknown'}`,
    }
  return {
    nonconvex: version,
    runtime: navigator?.userAgent ?? 'unknown',
    machine: `browser ${navigator?.platform ?? 'unknown'}`,
  }
}
