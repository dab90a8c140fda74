// Keeps all files of one build, so that the page works without a network after its first visit, and
// an open tab goes on with the files of its own build when another is published: the next build's
// worker waits until all tabs of this one are closed.
const { version, files } = 'BUILT'
const name = `nonconvex ${self.registration.scope} ${version}`

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(name)
    // one after the other: what the reader asks for meanwhile comes first
    for (const file of files) {
      const request = new Request(file, { cache: file === 'index.html' ? 'reload' : 'default' })
      const response = await fetch(request)
      if (!response.ok) throw new Error(`${file}: ${response.status}`)
      await cache.put(file, response)
    }
  }
  event.waitUntil(keep())
})

self.addEventListener('activate', (event) => {
  const own = `nonconvex ${self.registration.scope} `
  const begin = async () => {
    for (const other of await caches.keys())
      if (other.startsWith(own) && other !== name) await caches.delete(other)
    await self.clients.claim()
  }
  event.waitUntil(begin())
})

self.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request
  if (method !== 'GET' || !url.startsWith(self.registration.scope)) return
  const answer = async () => {
    const cache = await caches.open(name)
    const { scope } = self.registration
    const isPage = mode === 'navigate' && new URL('.', url).href === scope
    const kept = await cache.match(isPage ? 'index.html' : event.request, { ignoreVary: true })
    return kept ?? fetch(event.request)
  }
  event.respondWith(answer())
})
