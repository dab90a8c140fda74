import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { findViewer, servePages } from '../src/work/page-server.js'
import { cli, scratch } from './harness.js'

/** A folder with a page, a file outside of it, and a link to that. */
function pages(): string {
  const all = scratch()
  const folder = join(all, 'pages')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<h1>page</h1>')
  writeFileSync(join(folder, 'assets', 'a b.js'), 'export {}')
  writeFileSync(join(all, 'secret'), 'secret')
  symlinkSync(join(all, 'secret'), join(folder, 'link'))
  return folder
}

/** The answer to a request whose path is sent as it is. */
const ask = (address: string, path: string, options: { method?: string; host?: string } = {}) =>
  new Promise<{ status: number; text: string; type: string }>((resolve, reject) => {
    const { port } = new URL(address)
    const { method = 'GET', host = `127.0.0.1:${port}` } = options
    request({ host: '127.0.0.1', port, path, method, headers: { host } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      answer.on('end', () => {
        const { statusCode: status = 0, headers } = answer
        resolve({ status, text, type: headers['content-type'] ?? '' })
      })
    })
      .on('error', reject)
      .end()
  })

it('serves its folder and nothing else, to this machine alone', async () => {
  const server = await servePages(pages(), 0)
  try {
    const { address } = server
    expect(await ask(address, '/')).toMatchObject({ status: 200, text: '<h1>page</h1>' })
    expect(await ask(address, '/assets/a%20b.js?x#y')).toMatchObject({
      status: 200,
      type: expect.stringContaining('text/javascript') as string,
    })
    for (const path of ['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/..%5csecret', '/link'])
      expect([path, (await ask(address, path)).status]).toEqual([path, 404])
    for (const path of ['/assets', '/none', '/%', '/a%00', '//etc/passwd'])
      expect([path, (await ask(address, path)).status]).toEqual([path, 404])
    expect((await ask(address, '/', { method: 'POST' })).status).toBe(405)
    expect((await ask(address, '/', { host: 'evil.example' })).status).toBe(403)
    const { port } = new URL(address)
    expect(await cli(['view', '--port', port], { viewer: pages() })).toMatchObject({
      status: 2,
      codes: ['port-taken'],
    })
  } finally {
    await server.close()
  }
})

it('prints its address and ends with Ctrl-C; says what to do where nothing is built', async () => {
  const interrupt = new AbortController()
  setTimeout(() => interrupt.abort(), 50)
  const { status, out } = await cli(['view', '--port', '0'], {
    viewer: pages(),
    signal: interrupt.signal,
  })
  expect(status).toBe(0)
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/)
  expect(await cli(['view'])).toMatchObject({ status: 2, codes: ['viewer-missing'] })
  expect(await cli(['view', '--port', '65536'])).toMatchObject({ status: 2 })
})

it('is found in the package, not in a stranger’s folder beside it', () => {
  const all = scratch()
  mkdirSync(join(all, 'viewer', 'dist'), { recursive: true })
  mkdirSync(join(all, 'cli', 'viewer'), { recursive: true })
  writeFileSync(join(all, 'viewer', 'package.json'), '{ "name": "viewer" }')
  writeFileSync(join(all, 'viewer', 'dist', 'index.html'), '')
  const own = pathToFileURL(join(all, 'cli/'))
  expect(findViewer(own)).toBeUndefined()
  writeFileSync(join(all, 'cli', 'viewer', 'index.html'), '')
  expect(findViewer(own)).toBe(join(all, 'cli', 'viewer/'))
})
