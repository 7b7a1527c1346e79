import type { Action } from '../../contract/action.ts'
import type { Random } from '../../demo/random.ts'
import { fitting, type Known, mutated, schemaOf } from './values.ts'

export interface FuzzedRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string | Buffer | null
}

export interface Sender {
  name: string
  headers: Record<string, string>
}

const query = (rest: Record<string, unknown>, random: Random): string => {
  const parts: string[] = []
  for (const [name, value] of Object.entries(rest)) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    parts.push(
      `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent((text ?? '').toWellFormed()).slice(0, 6000)}`,
    )
    if (random.chance(0.05)) parts.push(parts.at(-1)!)
  }
  if (random.chance(0.03)) parts.push('__proto__=1', 'constructor[prototype]=x', 'a%')
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** A request for an action: sometimes as it should be, mostly bent in one way or another. */
export function requestFor(random: Random, action: Action, sender: Sender, known: Known): FuzzedRequest {
  const good = fitting(random, schemaOf(action), known) as Record<string, unknown>
  const bent = random.chance(0.75) ? mutated(random, good) : good
  const input =
    bent !== null && typeof bent === 'object' && !Array.isArray(bent) ? (bent as Record<string, unknown>) : good
  const rest = { ...input }
  const path = action.path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = rest[field] ?? good[field]
    delete rest[field]
    const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 1500)
    return random.chance(0.03)
      ? random.pick(['%', '%zz', '%00', '..%2f..', '%ed%a0%80', ';', '%2e%2e'])
      : encodeURIComponent(text.toWellFormed())
  })
  const inQuery = action.method === 'GET' || action.method === 'DELETE'
  const headers = { ...sender.headers, ...oddHeaders(random) }
  const method = random.chance(0.02)
    ? random.pick(['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'POST', 'PATCH', 'TRACE'])
    : action.method
  const address = `/api/v1${path}${inQuery ? query(rest, random) : ''}`
  if (inQuery) return { method, path: address, headers, body: random.chance(0.03) ? '{"a":1}' : null }
  headers['content-type'] = 'application/json'
  let body: string | Buffer = JSON.stringify(bent === input ? rest : bent) ?? ''
  if (random.chance(0.1)) [body, headers['content-type']] = brokenBody(random, body)
  return { method, path: address, headers, body }
}

function oddHeaders(random: Random): Record<string, string> {
  if (!random.chance(0.1)) return {}
  return random.pick<Record<string, string>>([
    { 'idempotency-key': random.pick(['k', 'same', 'x'.repeat(300), 'é', ' ']) },
    {
      cookie: random.pick([
        'linchpin.session_token=',
        'linchpin.session_token=%',
        'linchpin.session_token=a.b%zz; =; ;',
        'linchpin.session_token=%00%ff',
        `linchpin.session_token=${'x'.repeat(4000)}`,
      ]),
    },
    {
      authorization: random.pick([
        'Bearer',
        'Bearer ',
        'Bearer a b',
        'Basic eA==',
        `Bearer ${'x'.repeat(500)}`,
        'bearer é',
      ]),
    },
    { 'x-forwarded-for': random.pick(['::1', 'not an address', ',,,', 'x'.repeat(500)]) },
    {
      'x-forwarded-proto': random.pick(['https', 'gopher', ' ', 'a b']),
      'x-forwarded-host': random.pick(['evil.test', 'a b', 'u:p@h', '[::']),
    },
    { host: random.pick(['', 'evil.test', 'a b', 'user:pass@host', '[::', 'x'.repeat(300)]) },
    { origin: random.pick(['null', 'http://evil.test', 'not an origin']) },
    { accept: 'application/xml', 'accept-encoding': 'br;q=x', 'if-none-match': '"x' },
    { 'sec-fetch-site': random.pick(['cross-site', 'same-origin', 'x']) },
  ])
}

function brokenBody(random: Random, body: string): [string | Buffer, string] {
  const type = random.pick([
    'application/json',
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    '',
  ])
  const broken = random.pick<string | Buffer>([
    body.slice(0, Math.max(0, body.length - 2)),
    `${body}${body}`,
    '',
    'null',
    '[1]',
    '"text"',
    '{"id":1,"id":2,"__proto__":{"x":1}}',
    '{"title":"\\ud800","title":"\\u0000"}',
    '['.repeat(100_000),
    `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
    Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    '{"n":1e999999}',
    '\ufeff{}',
  ])
  return [broken, type]
}

/** Addresses that are not actions: sign-in, files, the page, health. */
export function specialRequest(random: Random, sender: Sender, known: Known): FuzzedRequest {
  const headers = { ...sender.headers, ...oddHeaders(random) }
  const method = random.pick(['GET', 'POST', 'HEAD', 'DELETE'])
  const at = random.pick([
    '/',
    '/tickets/%',
    '/api/v1/files/',
    '/api/v1/nothing',
    '/api/openapi.json',
    '/api/docs',
    '/api/docs/assets/..%2f..%2fpackage.json',
    '/built/%00',
    '/assets/%00',
    '/../../etc/passwd',
    '/healthz',
    '/readyz',
    '/api/auth/sign-in/email',
    '/api/auth/sign-out',
    '/api/auth/two-factor/verify-totp',
    '/api/auth/two-factor/enable',
    '/api/auth/change-password',
    '/api/auth/reset-password',
    '//evil.test/%2e%2e',
    '/api/v1/live?x=',
  ])
  if (at.startsWith('/api/v1/live')) return { method: 'POST', path: at, headers, body: null }
  if (at === '/api/v1/files/')
    return random.chance(0.5)
      ? upload(random, headers)
      : {
          method,
          path: `${at}${random.pick([...known.slice(0, 5), 'x', '%00', '..%2f..%2fsecret.key'])}`,
          headers,
          body: null,
        }
  if (!at.startsWith('/api/auth')) return { method, path: at, headers, body: null }
  const good = {
    email: 'a@example.test',
    password: 'not the password',
    code: '123456',
    currentPassword: 'x',
    newPassword: 'y',
  }
  const body = JSON.stringify(random.chance(0.8) ? mutated(random, good) : good) ?? ''
  return {
    method: 'POST',
    path: at,
    headers: { ...headers, 'content-type': 'application/json' },
    body: body.slice(0, 100_000),
  }
}

function upload(random: Random, headers: Record<string, string>): FuzzedRequest {
  const boundary = random.pick(['b', 'x'.repeat(70), "'()+_,-./:=?"])
  const name = random.pick([
    'a.txt',
    '../../../etc/passwd',
    '..\\..\\boot.ini',
    'a\u0000.png',
    '',
    '💾'.repeat(150),
    '"quoted"',
    '<script>.svg',
    '.',
    '..',
    'x'.repeat(5000),
    'con\r\nX-Evil: 1',
  ])
  const type = random.pick(['image/png', 'image/svg+xml', 'text/html', '', 'a/b; charset="', 'x'.repeat(300)])
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="${random.pick(['file', '__proto__', 'x', ''])}"${random.chance(0.9) ? `; filename="${name}"` : ''}\r\nContent-Type: ${type}\r\n\r\n<svg onload=alert(1)>\u0000\r\n`
  const whole = `${part}--${boundary}--\r\n`
  const body = random.pick([
    whole,
    part,
    part.slice(0, 60),
    `${part}${whole}`,
    '',
    `--${boundary}--\r\n`,
    whole.replaceAll('\r\n', '\n'),
    'garbage',
    `${`--${boundary}\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n`.repeat(30)}${whole}`,
  ])
  const contentType = random.pick([
    `multipart/form-data; boundary=${boundary}`,
    `multipart/form-data; boundary="${boundary}"`,
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=b',
    'application/json',
  ])
  return { method: 'POST', path: '/api/v1/files', headers: { ...headers, 'content-type': contentType }, body }
}
