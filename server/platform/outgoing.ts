import { lookup } from 'node:dns/promises'
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type BlockList, isIP, type LookupFunction } from 'node:net'
import type { Refusal } from './errors.ts'
import { isReachable } from './private-addresses.ts'

/** Why a request was not made, or got no answer. Its `code` is a sentence of the catalogue; no address is part of its text. */
export class OutgoingFailure extends Error {
  readonly refusal: Refusal
  /** True where trying again is pointless: the address itself is refused. */
  readonly final: boolean

  constructor(code: string, params: Record<string, unknown> = {}, final = false) {
    super(code)
    this.name = 'OutgoingFailure'
    this.refusal = { code, params }
    this.final = final
  }
}

export interface OutgoingRequest {
  method?: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string
  /** From the first look-up to the last byte. */
  timeoutMs?: number
  /** What is read of the answer, in bytes; 64 kB without. */
  mostBytes?: number
}

export interface OutgoingAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** The beginning of what was answered, as far as it was to be read. */
  content: Buffer
  /** There was more of it. */
  cut: boolean
  /** The same as text. */
  body: string
}

const usualBytes = 64 * 1024
const defaultTimeoutMs = 15_000

/**
 * Why requests may not go to an address that somebody typed (server-side request forgery, CWE-918): only http and https, no credentials in
 * the address, no literal private address unless its network is allowed. Names are checked when they are resolved. Null: they may.
 */
export function whyNotAddress(text: string, allowed: BlockList): Refusal | null {
  if (!URL.canParse(text)) return { code: 'outgoing.no-address' }
  const { protocol, hostname, username, password } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return { code: 'outgoing.no-address' }
  if (username !== '' || password !== '') return { code: 'outgoing.credentials' }
  const literal = hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && !isReachable(literal, allowed) ? { code: 'outgoing.private' } : null
}

/**
 * Requests that Linchpin makes to addresses somebody configured. Every address a name resolves to is checked, and the connection goes to
 * the one that was checked, so that a name that answers differently the second time gains nothing; redirects are not followed.
 */
export class Outgoing {
  /** Private networks an operator allowed (OUTGOING_ALLOW). */
  readonly allowed: BlockList

  constructor(allowed: BlockList) {
    this.allowed = allowed
  }

  /** Answers whatever status came back. Throws an OutgoingFailure where there was none. */
  async send(address: string, given: OutgoingRequest = {}): Promise<OutgoingAnswer> {
    const refusal = whyNotAddress(address, this.allowed)
    if (refusal !== null) throw new OutgoingFailure(refusal.code, refusal.params, true)
    const url = new URL(address)
    const timeoutMs = given.timeoutMs ?? defaultTimeoutMs
    const mostBytes = given.mostBytes ?? usualBytes
    const body = given.body === undefined ? null : Buffer.from(given.body, 'utf8')
    const { promise, resolve, reject } = Promise.withResolvers<OutgoingAnswer>()
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: given.method ?? 'POST',
      agent: false,
      lookup: this.#checkedLookup,
      headers: {
        'user-agent': 'Linchpin',
        ...given.headers,
        ...(body === null ? {} : { 'content-length': String(body.length) }),
      },
    })
    const late = setTimeout(
      () => request.destroy(new OutgoingFailure('outgoing.stalled', { waitedSeconds: Math.round(timeoutMs / 1000) })),
      timeoutMs,
    )
    request.on('error', (error) => reject(failureOf(error)))
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      const answered = () => {
        const content = Buffer.concat(parts).subarray(0, mostBytes)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          content,
          cut: size > mostBytes,
          get body() {
            return content.toString('utf8')
          },
        })
      }
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size - part.length < mostBytes) parts.push(part)
        // whoever answers without end is not listened to
        if (size > mostBytes) {
          answered()
          request.destroy()
        }
      })
      response.on('end', answered)
      response.on('error', (error) => reject(failureOf(error)))
    })
    request.end(body)
    return promise.finally(() => clearTimeout(late))
  }

  /** An address to which a connection to the host may be made; throws an OutgoingFailure where there is none, or where one of its addresses is barred. */
  async reachable(host: string): Promise<string> {
    const found =
      isIP(host) === 0
        ? await lookup(host, { all: true }).catch((error: Error) => Promise.reject(failureOf(error)))
        : [{ address: host }]
    if (found.length === 0 || found.some((one) => !isReachable(one.address, this.allowed)))
      throw new OutgoingFailure('outgoing.private', {}, true)
    return found[0]!.address
  }

  readonly #checkedLookup: LookupFunction = (hostname, options, answer) => {
    void lookup(hostname, { all: true }).then(
      (found) => {
        const barred = found.length === 0 || found.some((one) => !isReachable(one.address, this.allowed))
        if (barred) return answer(new OutgoingFailure('outgoing.private', {}, true), [])
        if (options.all === true) return answer(null, found)
        return answer(null, found[0]!.address, found[0]!.family)
      },
      (error: Error) => answer(error, []),
    )
  }
}

function failureOf(error: Error & { code?: string }): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error
  const code = error.code ?? ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new OutgoingFailure('outgoing.unknown-name')
  if (/CERT|TLS|SSL|SIGNED/.test(code)) return new OutgoingFailure('outgoing.not-trusted')
  return new OutgoingFailure('outgoing.no-answer', { code: code === '' ? 'closed' : code })
}
