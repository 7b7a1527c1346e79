import { assetAudits } from '../../contract/asset-audits.ts'
import { addressOf } from '../../contract/client.ts'
import { locations } from '../../contract/locations.ts'
import { mine } from '../../contract/mine.ts'

export type Kept = 'kept' | 'keeping' | 'impossible'

/** What the page asks, so that it can be answered without the network. */
const asked = (audit: string): string[] => [
  addressOf(mine.show, {}).path,
  addressOf(assetAudits.show, { id: audit }).path,
  addressOf(locations.list, {}).path,
]

/**
 * Keeps the scan page on this device (web/public/scan-worker.js): the shell, every piece of the app that has been fetched so far, and the answers
 * the page needs. Needs an encrypted address (or localhost); says `impossible` otherwise.
 */
export async function keepPage(audit: string): Promise<Kept> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return 'impossible'
  const registration = await navigator.serviceWorker.register('/scan-worker.js', { scope: '/asset-audits/' })
  const worker = registration.active ?? registration.waiting ?? registration.installing
  if (worker === null) return 'impossible'
  const pieces = performance
    .getEntriesByType('resource')
    .map((entry) => new URL(entry.name))
    .filter(({ origin, pathname }) => origin === window.location.origin && !pathname.startsWith('/api/'))
    .map(({ pathname }) => pathname)
  const answer = new Promise<Kept>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<{ kept: boolean }>) => resolve(data.kept ? 'kept' : 'impossible')
    worker.postMessage({ keep: ['/asset-audits/', ...new Set([...pieces, ...asked(audit)])] }, [port2])
  })
  return answer
}
