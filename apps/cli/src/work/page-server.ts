import { existsSync, readFileSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { badInput } from '../exit.js'
import type { Host } from '../host.js'

/** This package, seen from this file, built or not. */
const home = new URL('../../', import.meta.url)

/**
 * The folder of the built viewer: in a clone the one beside this package, so that it is the latest
 * build; else the one that the published package holds. Undefined where there is none.
 */
export function findViewer(own: URL = home): string | undefined {
  const beside = new URL('../viewer/', own)
  const manifest = new URL('package.json', beside)
  const isOurs =
    existsSync(manifest) &&
    (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name === '@apps/viewer'
  const folder = isOurs ? new URL('dist/', beside) : new URL('viewer/', own)
  return existsSync(new URL('index.html', folder)) ? fileURLToPath(folder) : undefined
}

/** The folder of the built viewer, or what to do where there is none. */
export function builtViewer(host: Host): string {
  const folder = host.viewer()
  if (folder !== undefined) return folder
  throw badInput(
    'viewer-missing',
    'the viewer is not built; in a clone: npx pnpm build --filter=@apps/viewer',
  )
}

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

export interface PageServer {
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves the files of a folder to this machine alone. Requests by another name than the address
 * that is printed are refused, as are names outside of the folder and methods that are no reading.
 *
 * @param port - 0 takes one that is free
 * @throws badInput if the port is taken or not allowed
 */
export async function servePages(folder: string, port: number): Promise<PageServer> {
  const root = await realpath(folder)
  const [, policy = "default-src 'self'"] =
    /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(
      readFileSync(join(root, 'index.html'), 'utf8'),
    ) ?? []
  const headers = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  }
  const server = createServer((request, response) => {
    const refuse = (status: number) => void response.writeHead(status, headers).end()
    const { method, url = '/', headers: asked } = request
    // a page of another host, whose name was made to lead here
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(asked.host ?? '')) return refuse(403)
    if (method !== 'GET' && method !== 'HEAD') return refuse(405)
    const file = fileOf(root, url)
    if (file === undefined) return refuse(404)
    const answer = async () => {
      const real = await realpath(file)
      if (!real.startsWith(root + sep)) return refuse(404)
      const bytes = await readFile(real)
      const type = types[extname(real)] ?? 'application/octet-stream'
      response.writeHead(200, { ...headers, 'content-type': type, 'content-length': bytes.length })
      response.end(method === 'HEAD' ? undefined : bytes)
    }
    answer().catch(() => refuse(404))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : 'cannot be used'
      reject(badInput('port-taken', `view: port ${port} ${why}; pass another, or --port 0`))
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  const at = server.address()
  const chosen = typeof at === 'object' && at !== null ? at.port : port
  return {
    address: `http://127.0.0.1:${chosen}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** The file that a request names; undefined for a name that leaves the folder. */
function fileOf(root: string, url: string): string | undefined {
  let name: string
  try {
    name = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '')
  } catch {
    return undefined
  }
  const parts = name.split(/[\\/]/).filter((part) => part !== '')
  if (parts.some((part) => part === '..' || part === '.' || part.includes('\0'))) return undefined
  return join(root, ...(parts.length === 0 ? ['index.html'] : parts))
}
