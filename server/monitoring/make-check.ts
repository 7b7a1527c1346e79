import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { OutgoingFailure } from '../platform/outgoing.ts'
import type { Platform } from '../platform/platform.ts'
import { hostAndPort, judgeCertificate, judgeHttp, type Judged } from './rules/check-result.ts'
import type { CheckResult, StoredCheck } from './watched-store.ts'

/** Days before a certificate runs out at which that is an alert, where nothing else is set. */
export const usualWarnDays = 21

/** Makes a check once, within its time limit. Never throws: what goes wrong is its result. */
export async function makeCheck(platform: Platform, check: StoredCheck): Promise<CheckResult> {
  const began = performance.now()
  const judged = await judge(platform, check).catch((error: unknown): Judged => {
    if (error instanceof OutgoingFailure)
      return { ok: false, code: error.refusal.code, params: error.refusal.params ?? {} }
    return { ok: false, code: 'outgoing.no-answer', params: { code: (error as { code?: string }).code ?? 'closed' } }
  })
  return { ...judged, tookMs: Math.round(performance.now() - began) }
}

async function judge({ outgoing }: Platform, check: StoredCheck): Promise<Judged> {
  const timeoutMs = check.timeout_seconds * 1000
  if (check.kind === 'http')
    return judgeHttp(await outgoing.send(check.target, { method: 'GET', timeoutMs }), check.expected_text)
  const target = hostAndPort(check.target, check.kind === 'certificate' ? 443 : null)
  if (target === null) throw new OutgoingFailure('monitoring.check.no-target', {}, true)
  const address = await outgoing.reachable(target.host)
  if (check.kind === 'tcp') {
    const socket = connectTcp({ host: address, port: target.port })
    await opened(socket, 'connect', timeoutMs)
    return { ok: true, code: 'monitoring.check.connected', params: {} }
  }
  // a certificate that is not trusted is looked at all the same, to say why
  const socket = connectTls({ host: address, port: target.port, servername: target.host, rejectUnauthorized: false })
  return opened(socket, 'secureConnect', timeoutMs, () =>
    judgeCertificate(
      {
        until: new Date(socket.getPeerCertificate().valid_to).toISOString(),
        trusted: socket.authorized,
        why: String((socket.authorizationError as Error | null)?.message ?? socket.authorizationError ?? ''),
      },
      new Date().toISOString(),
      check.warn_days ?? usualWarnDays,
    ),
  )
}

/** Waits until the connection stands, looks at it, and ends it. */
function opened<T = void>(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
  look?: () => T,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const late = setTimeout(
    () => reject(new OutgoingFailure('outgoing.stalled', { waitedSeconds: Math.round(timeoutMs / 1000) })),
    timeoutMs,
  )
  socket.once('error', reject)
  socket.once(event, () => {
    try {
      resolve(look?.() as T)
    } catch (error) {
      reject(error)
    }
  })
  return promise.finally(() => {
    clearTimeout(late)
    socket.destroy()
  })
}
