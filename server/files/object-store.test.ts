import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { objectStore, type S3Server } from '../../test/support/object-store.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tickets } from '../../contract/tickets.ts'
import { loadConfig } from '../platform/config.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'

let folder: string
let store: S3Server
let server: TestServer
let tech: TestPerson

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linchpin-s3-'))
  store = objectStore(folder)
  const { port } = await store.run()
  const { files } = loadConfig({
    LINCHPIN_FILES: `s3://files/linchpin?endpoint=http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  })
  server = await startTestServer({ config: { files } })
  await server.queue('Desk', ['Desk team'])
  tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
})
afterAll(async () => {
  await server.stop()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const headers = () => ({ cookie: `${tech.cookie.name}=${tech.cookie.value}` })
async function upload(content: Buffer, name: string, type: string) {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(content)], name, { type }))
  const answer = await fetch(`${server.base}/api/v1/files`, { method: 'POST', headers: headers(), body: form })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { id: string; size: number }
}

it('keeps uploads in the store and serves them as hardened as from a folder', async () => {
  const content = randomBytes(6_000_000)
  const file = await upload(content, 'capture.svg', 'image/svg+xml')
  expect(file.size).toBe(content.length)
  await tech.client(tickets.open, { title: 'With a file' })
  const got = await fetch(`${server.base}/api/v1/files/${file.id}`, { headers: headers() })
  expect(got.status).toBe(200)
  expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true)
  expect(got.headers.get('content-disposition')).toContain('attachment')
  expect(got.headers.get('content-type')).toBe('application/octet-stream')
  expect(got.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(got.headers.get('x-content-type-options')).toBe('nosniff')
  const hex = createHash('sha256').update(content).digest('hex')
  expect((await readdir(join(folder, 'files', 'linchpin'))).some((name) => name.startsWith(hex))).toBe(true)
  // nothing of it stays on this machine
  expect(await readdir(join(server.dataDir, 'files', 'partial'))).toEqual([])
})

it('answers in words while the store is away, and 404 for what it does not have', async () => {
  const kept = await upload(Buffer.from('kept'), 'a.txt', 'text/plain')
  await rm(join(folder, 'files', 'linchpin'), { recursive: true })
  expect((await fetch(`${server.base}/api/v1/files/${kept.id}`, { headers: headers() })).status).toBe(404)
  await store.close()
  const away = await fetch(`${server.base}/api/v1/files/${kept.id}`, { headers: headers() })
  expect(away.status).toBe(503)
  expect(((await away.json()) as { error: { code: string } }).error.code).toBe('files.store-away')
  await store.run()
})

it('refuses an address without its parts', () => {
  for (const text of ['s3://files', 's3://?endpoint=http://x', 'relative/path', 's3://files?endpoint=ftp://x'])
    expect(() => loadConfig({ LINCHPIN_FILES: text, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' })).toThrow(
      /LINCHPIN_FILES/,
    )
  expect(() => loadConfig({ LINCHPIN_FILES: 's3://files?endpoint=http://127.0.0.1:1' })).toThrow(/AWS_ACCESS_KEY_ID/)
})
