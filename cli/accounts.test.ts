import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandEnv, commandLine, linchpin as linchpinOn } from '../test/support/command-line.ts'
import { createClient } from '../contract/client.ts'
import { mine } from '../contract/mine.ts'
import { people } from '../contract/people.ts'
import { setup } from '../contract/set-up.ts'

const folder = mkdtempSync(join(tmpdir(), 'linchpin-accounts-'))
const dataDir = join(folder, 'data')
const env = commandEnv(dataDir)
const linchpin = (...args: string[]) => linchpinOn(dataDir, args)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('without a server, on a new data directory', { timeout: 60_000 }, () => {
  it('prints a key alone on its line', () => {
    const made = linchpin('key', 'add', '--name', 'Monitoring', '--role', 'technician')
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(made.stdout).toMatch(/^lp_[\w-]{43}\n$/)
  })

  it('says what is wrong with the words, status 2', () => {
    expect(linchpin('key', 'add', '--name', 'X', '--role', 'king')).toMatchObject({ status: 2, stdout: '' })
    expect(linchpin('key', 'add', '--role', 'auditor').stderr).toContain('--name is missing')
    expect(linchpin('user', 'add', '--email', 'nobody', '--name', 'X', '--role', 'auditor').stderr).toContain('--email')
  })

  it('says why an action is refused, status 1', () => {
    const first = linchpin('user', 'add', '--email', 'ada@example.test', '--name', 'Ada', '--role', 'administrator')
    expect(first.status).toBe(0)
    const demoted = linchpin('user', 'add', '--email', 'ADA@example.test', '--name', 'Ada', '--role', 'requester')
    expect(demoted).toMatchObject({ status: 1, stdout: '' })
    expect(demoted.stderr).toContain('only administrator')
  })
})

describe('beside a running server', { timeout: 60_000 }, () => {
  let serving: ReturnType<typeof spawn>
  let base: string
  beforeAll(async () => {
    serving = spawn(process.execPath, [commandLine, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    base = await new Promise((found, failed) => {
      let said = ''
      serving.stderr!.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const address = /listening on (http:\S+)\)/.exec(said)?.[1]
        if (address !== undefined) found(address)
      })
      serving.once('exit', () => failed(new Error(said)))
    })
  })
  afterAll(async () => {
    const ended = new Promise((done) => serving.once('exit', done))
    serving.kill('SIGTERM')
    await ended
  })

  it('makes keys that work at once', async () => {
    const made = linchpin('key', 'add', '--name', 'Console', '--role', 'coordinator', '--json')
    const { id, key } = JSON.parse(made.stdout) as { id: string; key: string }
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect((await createClient({ base, key })(mine.show, {})).role).toBe('coordinator')
  })

  it('adds a person once, and answers a link that sets a password', async () => {
    const add = () =>
      JSON.parse(
        linchpin('user', 'add', '--email', 'Bo@Example.test', '--name', 'Bo', '--role', 'manager', '--json').stdout,
      ) as { id: string; link: string; expiresAt: string }
    const first = add()
    const again = add()
    expect(again.id).toBe(first.id)
    expect(Date.parse(again.expiresAt)).toBeGreaterThan(Date.now() + 6 * 86_400_000)
    const token = (link: string) => link.split('/').at(-1)!
    const visitor = createClient({ base })
    await expect(visitor(setup.invitation, { token: token(first.link) })).rejects.toMatchObject({ status: 410 })
    expect(await visitor(setup.accept, { token: token(again.link), password: 'a long enough one' })).toEqual({
      email: 'bo@example.test',
    })
    const { key } = JSON.parse(linchpin('key', 'add', '--name', 'L', '--role', 'auditor', '--json').stdout) as {
      key: string
    }
    const { items } = await createClient({ base, key })(people.list, { q: 'bo@example.test' })
    expect(items).toMatchObject([{ name: 'Bo', role: 'manager' }])
  })
})
