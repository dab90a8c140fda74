import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The policy of the built page, as a header: a `<meta>` would not bind the workers. */
async function policyOf(folder: string): Promise<string> {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html) ?? []
  if (policy === undefined) throw new Error('index.html: expected a content security policy')
  return `${policy}; frame-ancestors 'none'`
}

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** What a file weighs, in bytes. */
export interface Size {
  readonly raw: number
  readonly gzip: number
}

/** The built page on a small static server. */
export interface Site {
  /** where the page is: not at the root, since it must work from any path */
  readonly address: string
  readonly origin: string
  /** the files served since it was last cleared */
  readonly served: Map<string, Size>
  close(): Promise<void>
}

/**
 * Serves the built page from a copy: a build that runs beside the tests would change it between two
 * requests.
 */
export async function openSite(root: string): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'nonconvex-viewer-'))
  await cp(join(root, 'dist'), folder, { recursive: true })
  const policy = await policyOf(folder)
  const served = new Map<string, Size>()
  // packed once: every test loads the page anew
  const sizes = new Map<string, Size>()
  const sizeOf = (name: string, bytes: Buffer): Size => {
    const size = sizes.get(name) ?? { raw: bytes.length, gzip: gzipSync(bytes).length }
    sizes.set(name, size)
    return size
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const name = normalize(path.replace(/^\/any\/path\//, ''))
    readFile(join(folder, name)).then(
      (bytes) => {
        served.set(name, sizeOf(name, bytes))
        response.writeHead(200, {
          'content-type': types[extname(name)] ?? 'application/octet-stream',
          'content-security-policy': policy,
          'cache-control': 'no-store',
        })
        response.end(bytes)
      },
      () => {
        response.writeHead(404, { 'content-security-policy': policy }).end('not found')
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    address: `${origin}/any/path/index.html`,
    served,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
