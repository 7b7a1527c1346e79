import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../contract/people.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let tech: TestPerson
let requester: TestPerson
let cookie: string

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  requester = await server.person({ name: 'Rita', role: 'requester' })
  cookie = `${requester.cookie.name}=${requester.cookie.value}`
})
afterAll(() => server.stop())

async function upload(
  name: string,
  type: string,
  content: string,
): Promise<{ id: string; name: string; type: string }> {
  const form = new FormData()
  form.set('file', new File([content], name, { type }))
  const response = await fetch(`${server.base}/api/v1/files`, { method: 'POST', headers: { cookie }, body: form })
  expect(response.status).toBe(200)
  return (await response.json()) as { id: string; name: string; type: string }
}
const download = (id: string) => fetch(`${server.base}/api/v1/files/${id}`, { headers: { cookie } })

describe('texts', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p style="background:url(javascript:alert(1))" onmouseover="alert(1)">x</p>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<form action="https://evil.test"><button formaction="javascript:alert(1)">x</button></form>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
  ])('come back without script: %s', async (text) => {
    const made = await requester.client(tickets.open, { title: 'x', description: text })
    await requester.client(tickets.addNote, { id: made.id, public: true, body: `words and ${text}` })
    const { items } = await tech.client(tickets.timeline, { id: made.id })
    const shown =
      (await tech.client(tickets.show, { id: made.id })).description + items.map((i) => i.note?.body ?? '').join()
    expect(shown).not.toMatch(
      /<(script|svg|iframe|math|style|form|img|button)|<[^>]*\son\w+=|href="(javascript|data|&)/i,
    )
  })

  it('are plain text in names and titles: answered as JSON, never as a page', async () => {
    const title = '<img src=x onerror=alert(1)>'
    const made = await requester.client(tickets.open, { title })
    expect(made.title).toBe(title)
    const admin = await server.person({ name: 'Admin', role: 'administrator' })
    await admin.client(people.create, { name: title })
    for (const path of [
      `/api/v1/tickets/${made.id}`,
      `/api/v1/people?q=${encodeURIComponent('<img')}`,
      '/api/v1/tickets/%3Cscript%3E',
      `/api/v1/${title}`,
    ]) {
      const response = await fetch(`${server.base}${path}`, {
        headers: { cookie: `${admin.cookie.name}=${admin.cookie.value}` },
      })
      expect(response.headers.get('content-type')).toContain('application/json')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})

describe('uploads', () => {
  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute.txt', 'absolute.txt'],
    ['..', 'file'],
    ['evil\u202Egpj.exe', 'evilgpj.exe'],
    ["a'b;c (1).txt", "a'b;c (1).txt"],
    ['é 😀.txt', 'é 😀.txt'],
  ])('%s is kept as %s', async (name, kept) => {
    const file = await upload(name, 'text/plain', 'x')
    expect(file.name).toBe(kept)
    const response = await download(file.id)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w%.!~-]+$/)
  })

  it.each([
    ['page.html', 'text/html', '<script>alert(1)</script>'],
    ['picture.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['style.xhtml', 'application/xhtml+xml', '<html/>'],
    ['odd', 'text/html; charset=utf-7', '+ADw-script+AD4-'],
  ])('%s (%s) is only ever downloaded', async (name, type, content) => {
    const response = await download((await upload(name, type, content)).id)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(await response.text()).toBe(content)
  })

  it('called an image but being a page is not believed', async () => {
    const response = await download((await upload('x.png', 'image/png', '<script>alert(1)</script>')).id)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('that are no uploads are refused', async () => {
    const send = (body: string, type: string) =>
      fetch(`${server.base}/api/v1/files`, { method: 'POST', headers: { cookie, 'content-type': type }, body })
    expect((await send('garbage', 'multipart/form-data; boundary=b')).status).toBe(400)
    expect((await send('--b--\r\n', 'multipart/form-data; boundary=b')).status).toBe(400)
    expect((await send('x', 'text/plain')).status).toBe(415)
  })
})

it('refuses bodies beyond the limit with 413', async () => {
  const big = JSON.stringify({ title: 'x', description: 'x'.repeat(5_000_000) })
  const headers = { cookie, 'content-type': 'application/json' }
  const response = await fetch(`${server.base}/api/v1/tickets`, { method: 'POST', headers, body: big })
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ error: { code: 'too-large' } })
  const login = await fetch(`${server.base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: 'x'.repeat(20_000) }),
  })
  expect(login.status).toBe(413)
})

it('keeps very long texts of distinct words, or says that they are too long', { timeout: 60_000 }, async () => {
  let words = ''
  for (let i = 0; words.length < 900_000; i++) words += `漢字${i.toString(36)}語 `
  const made = await requester.client(tickets.open, { title: 'Long', description: words })
  for (let i = 0; i < 3; i++) {
    const error = await requester
      .client(tickets.addNote, {
        id: made.id,
        public: true,
        body: `${i}${words.replaceAll('漢', '語漢'.repeat(i + 1)).slice(0, 900_000)}`,
      })
      .catch((e: unknown) => e)
    if (error instanceof Error) expect(error).toMatchObject({ status: 413 })
  }
})
