import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { linchpin as linchpinOn } from '../test/support/command-line.ts'

function linchpin(args: string[], env: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'linchpin-cli-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return linchpinOn(join(dataDir, 'data'), args, { env })
}

test('an unknown command and an unknown option: usage on standard error, status 2', () => {
  const unknown = linchpin(['fly'])
  expect(unknown).toMatchObject({ status: 2, stdout: '' })
  expect(unknown.stderr).toContain('There is no command "fly"')
  const option = linchpin(['user', 'add', '--colour', 'red'])
  expect(option).toMatchObject({ status: 2, stdout: '' })
  expect(option.stderr).toContain('Usage: linchpin user add --email E')
})

test('help names every command, on standard output', () => {
  const help = linchpin(['help'])
  expect(help.status).toBe(0)
  for (const name of [
    'serve',
    'doctor',
    'user add',
    'key add',
    'import',
    'mail explain',
    'backup',
    'restore',
    'audit verify',
    'jobs',
    'demo',
  ])
    expect(help.stdout).toContain(name)
})

test('a wrong environment is told in words, status 1, no stack', () => {
  const wrong = linchpin(['doctor'], { PORT: 'eighty' })
  expect(wrong).toMatchObject({ status: 1, stdout: '' })
  expect(wrong.stderr).toContain('PORT is "eighty"')
  expect(wrong.stderr).not.toContain(' at ')
})

test('doctor finds a new installation healthy; --json prints nothing but JSON', () => {
  const doctor = linchpin(['doctor', '--json'])
  expect(doctor.stderr).toBe('')
  const answer = JSON.parse(doctor.stdout) as { healthy: boolean; findings: { check: string; verdict: string }[] }
  expect(answer.healthy).toBe(true)
  expect(doctor.status).toBe(0)
  expect(answer.findings.map((each) => each.check)).toEqual([
    'runtime',
    'data directory',
    'secret',
    'database',
    'durability',
    'clocks',
    'migrations',
    'port',
    'public address',
    'mail',
  ])
})

test('doctor says what is wrong when the named database does not answer, without its password', () => {
  const doctor = linchpin(['doctor'], { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/x' })
  expect(doctor.status).toBe(1)
  expect(doctor.stdout).toContain('does not answer')
  expect(doctor.stdout + doctor.stderr).not.toContain('hunter2')
})

test('doctor tries the mail server, and says what is wrong without its password', () => {
  const env = { SMTP_URL: 'smtp://it:hunter2@127.0.0.1:1', MAIL_FROM: 'it@example.org' }
  const doctor = linchpin(['doctor'], env)
  expect(doctor.stdout).toMatch(/PROBLEM {2}mail: 127\.0\.0\.1:1 does not take mail/)
  expect(doctor.stdout + doctor.stderr).not.toContain('hunter2')
  expect(doctor.status).toBe(1)
  const without = linchpin(['doctor'], { SMTP_URL: 'smtp://127.0.0.1:1' })
  expect(without.stderr).toContain('MAIL_FROM')
  expect(without.status).not.toBe(0)
})
