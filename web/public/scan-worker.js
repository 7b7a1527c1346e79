/*
 * Keeps the scan page of audits (/asset-audits/…/scan) on this device, so that it opens where there is no network. It answers from what it keeps only
 * when the network does not: nobody sees something old who could see something new. Scans themselves lie in the page's own store, not here.
 */
const store = 'linchpin-scan-page'
const shell = '/asset-audits/'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const wanted = event.data?.keep
  if (!Array.isArray(wanted)) return
  event.waitUntil(
    keep(wanted).then(
      () => event.ports[0]?.postMessage({ kept: true }),
      () => event.ports[0]?.postMessage({ kept: false }),
    ),
  )
})

async function keep(wanted) {
  const cache = await caches.open(store)
  const known = new Set((await cache.keys()).map((request) => new URL(request.url).pathname))
  for (const path of wanted) {
    // pieces bear their content in their name; pages and answers are kept anew
    if (path.startsWith('/built/') && known.has(path)) continue
    const response = await fetch(path, { credentials: 'same-origin' })
    if (response.ok) await cache.put(path, response)
    else if (!path.startsWith('/built/') && !path.includes('.')) throw new Error(path)
  }
}

async function kept(path) {
  return (await (await caches.open(store)).match(path, { ignoreSearch: true, ignoreVary: true })) ?? Response.error()
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname === '/api/v1/live') return
  event.respondWith(fetch(request).catch(() => kept(request.mode === 'navigate' ? shell : pathname)))
})
