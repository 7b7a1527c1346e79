import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadConfig, loadSecret } from './config.ts'

test('nothing set: loopback, port 8080, embedded database', () => {
  const config = loadConfig({})
  expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', databaseUrl: null, publicUrl: 'http://127.0.0.1:8080' })
  expect(config.dataDir).toMatch(/\/data$/)
})

test('an empty variable counts as unset', () => {
  expect(loadConfig({ PORT: '', HOST: ' ' })).toMatchObject({ port: 8080, host: '127.0.0.1' })
})

test('the public address has no slash at its end, an IPv6 host brackets', () => {
  expect(loadConfig({ LINCHPIN_URL: 'https://it.example.org/desk/' }).publicUrl).toBe('https://it.example.org/desk')
  expect(loadConfig({ HOST: '::1', PORT: '80' }).publicUrl).toBe('http://[::1]:80')
})

test.each([
  ['PORT', 'eighty', '"eighty"'],
  ['PORT', '65536', '"65536"'],
  ['PORT', '-1', '"-1"'],
  ['HOST', 'two words', '"two words"'],
  ['LINCHPIN_URL', 'it.example.org', '"it.example.org"'],
  ['LINCHPIN_URL', 'https://it.example.org/?a=1', 'without a query'],
  ['DATABASE_URL', 'mysql://u:hunter2@db/x', 'postgresql://'],
  ['LINCHPIN_SECRET', 'short', 'at least 32'],
  ['SMTP_URL', 'http://mail.example.org', 'smtp://'],
  ['SMTP_URL', 'smtp://u:hunter2@mail.example.org/path', 'smtp://'],
  ['SMTP_URL', 'smtp://mail.example.org?starttls=perhaps', 'smtp://'],
  ['MAIL_FROM', 'nobody', 'it@example.org'],
  ['MAIL_BOUNCES_TO', 'a b@example.org', 'bounces@it.example.org'],
  ['OUTGOING_ALLOW', '10.0.0.0/99', '10.0.0.0/8'],
])('%s=%s is refused in words', (name, value, words) => {
  expect(() => loadConfig({ [name]: value })).toThrow(name)
  expect(() => loadConfig({ [name]: value })).toThrow(words)
})

test('every wrong variable is named at once, and no password is repeated', () => {
  try {
    loadConfig({ PORT: 'x', DATABASE_URL: 'mysql://u:hunter2@db/x' })
    expect.unreachable()
  } catch (error) {
    expect((error as Error).message).toContain('PORT')
    expect((error as Error).message).toContain('DATABASE_URL')
    expect((error as Error).message).not.toContain('hunter2')
  }
})

test('a mail server needs a sender', () => {
  expect(() => loadConfig({ SMTP_URL: 'smtp://mail.example.org' })).toThrow('MAIL_FROM')
  expect(loadConfig({ MAIL_FROM: 'it@example.org' }).mail).toBeNull()
})

test.each([
  ['smtp://mail.example.org', { host: 'mail.example.org', port: 25, tls: 'offered', credentials: null }],
  ['smtp://u%40x:p%3A@[::1]', { host: '::1', port: 587, tls: 'required', credentials: { user: 'u@x', pass: 'p:' } }],
  ['smtp://127.0.0.1:2525?starttls=never', { host: '127.0.0.1', port: 2525, tls: 'never', credentials: null }],
  ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, tls: 'implicit', credentials: null }],
])('%s is understood', (SMTP_URL, server) => {
  const { mail } = loadConfig({ SMTP_URL, MAIL_FROM: 'IT desk <IT@example.org>' })
  expect(mail).toEqual({ server, from: { name: 'IT desk', address: 'it@example.org' }, bouncesTo: null })
})

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'linchpin-secret-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('the secret is made once, for its owner only, the same for all who ask at the same moment', async () => {
  const dataDir = join(directory(), 'data')
  const secrets = await Promise.all(Array.from({ length: 8 }, () => loadSecret({ dataDir, secret: null })))
  expect(new Set(secrets.map(String)).size).toBe(1)
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(32)
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(dataDir, 'secret.key'), 'utf8').trim().length).toBeGreaterThan(40)
})

test('a damaged secret is an error, not a new secret', async () => {
  const dataDir = directory()
  writeFileSync(join(dataDir, 'secret.key'), 'abc')
  await expect(loadSecret({ dataDir, secret: null })).rejects.toThrow('secret.key')
})
