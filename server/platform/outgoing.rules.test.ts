import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Outgoing, OutgoingFailure, whyNotAddress } from './outgoing.ts'
import { isPrivateAddress, networksOf } from './private-addresses.ts'

const nothing = networksOf('')!

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd12::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'not an address',
])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true))

test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) =>
  expect(isPrivateAddress(address)).toBe(false),
)

test.each([
  ['https://hooks.example.org/x', null],
  ['http://127.0.0.1/x', 'outgoing.private'],
  ['http://2130706433/', 'outgoing.private'],
  ['http://0x7f.1/', 'outgoing.private'],
  ['http://0177.0.0.1/', 'outgoing.private'],
  ['http://[::1]:8080/', 'outgoing.private'],
  ['http://[::ffff:169.254.169.254]/', 'outgoing.private'],
  ['https://user:secret@hooks.example.org/', 'outgoing.credentials'],
  ['ftp://hooks.example.org/', 'outgoing.no-address'],
  ['file:///etc/passwd', 'outgoing.no-address'],
  ['hooks.example.org', 'outgoing.no-address'],
])('%s: %s', (address, code) => expect(whyNotAddress(address, nothing)?.code ?? null).toBe(code))

test('networks an operator allows are read strictly', () => {
  expect(whyNotAddress('http://10.2.3.4/', networksOf('10.0.0.0/8, fd00::/8')!)).toBeNull()
  expect(whyNotAddress('http://[fd00::7]/', networksOf('10.0.0.0/8, fd00::/8')!)).toBeNull()
  expect(whyNotAddress('http://127.0.0.1/', networksOf('10.0.0.0/8')!)?.code).toBe('outgoing.private')
  for (const wrong of ['10.0.0.0/33', '10/8', 'example.org', '10.0.0.0/8/9', '10.0.0.0/x'])
    expect(networksOf(wrong)).toBeNull()
})

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `:${(server.address() as AddressInfo).port}`
}

const failure = async (sent: Promise<unknown>): Promise<OutgoingFailure> => {
  const error = await sent.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(OutgoingFailure)
  return error as OutgoingFailure
}

test('a name that resolves to a private address is refused before anything is sent', async () => {
  let asked = 0
  const port = await serving((_request, response) => {
    asked++
    response.end()
  })
  const refused = await failure(new Outgoing(nothing).send(`http://localhost${port}/`))
  expect(refused.refusal.code).toBe('outgoing.private')
  expect(refused.final).toBe(true)
  expect(asked).toBe(0)
})

test('an allowed network is reached; redirects are answered, not followed', async () => {
  const seen: string[] = []
  const port = await serving((request, response) => {
    seen.push(request.url ?? '')
    response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end('elsewhere')
  })
  const answer = await new Outgoing(networksOf('127.0.0.1 ::1')!).send(`http://localhost${port}/hook`, { body: '{}' })
  expect(answer).toMatchObject({ status: 302, body: 'elsewhere' })
  expect(seen).toEqual(['/hook'])
})

test('a peer that stalls, closes or answers without end does not hold us up', async () => {
  const local = new Outgoing(networksOf('127.0.0.1')!)
  const stalls = await serving(() => {})
  expect((await failure(local.send(`http://127.0.0.1${stalls}/`, { timeoutMs: 200 }))).refusal.code).toBe(
    'outgoing.stalled',
  )
  const closes = await serving((request) => request.socket.destroy())
  expect((await failure(local.send(`http://127.0.0.1${closes}/`))).refusal.code).toBe('outgoing.no-answer')
  const endless = await serving((_request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(20_000)), 1)
    response.on('close', () => clearInterval(timer))
  })
  expect((await local.send(`http://127.0.0.1${endless}/`)).body).toHaveLength(64 * 1024)
})
