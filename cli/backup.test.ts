import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  readdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linchpin } from '../test/support/command-line.ts'
import { postgresServer, type PostgresServer } from '../test/support/postgres-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'linchpin-backup-'))
const source = join(folder, 'source')
const file = join(folder, 'all.backup')
const key = join(source, 'backup.key')

interface Sums {
  rows: number
  tables: Record<string, { rows: number; sha256: string }>
  files: { count: number; bytes: number; sha256: string; missing: string[] }
}

function succeeding(dataDir: string, args: string[], env: Record<string, string> = {}): string {
  const ran = linchpin(dataDir, args, { env })
  if (ran.status !== 0) throw new Error(`linchpin ${args.join(' ')}: ${ran.stderr}`)
  return ran.stdout
}
const sums = (answer: string): Sums => {
  const { rows, tables, files } = JSON.parse(answer) as Sums
  return { rows, tables, files }
}

let made: Sums
let words: string
let server: PostgresServer | null

beforeAll(async () => {
  mkdirSync(source)
  const log = join(folder, 'log.csv')
  const rows = Array.from(
    { length: 40 },
    (_, i) => `INC${1000 + i},New,${(i % 28) + 1}/2/2016 01:23,${(i % 28) + 1}/2/2016 01:23,Caller ${i},Group ${i % 3}`,
  )
  writeFileSync(log, `number,incident_state,opened_at,sys_updated_at,caller_id,assignment_group\n${rows.join('\n')}\n`)
  succeeding(source, ['import', 'servicenow-incidents', log, '--json'])
  succeeding(source, [
    'user',
    'add',
    '--email',
    'ada@example.test',
    '--name',
    'Ada',
    '--role',
    'administrator',
    '--json',
  ])
  const backup = linchpin(source, ['backup', file, '--json'])
  if (backup.status !== 0) throw new Error(backup.stderr)
  made = sums(backup.stdout)
  words = backup.stderr
  server = await postgresServer()
}, 120_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a backup names its rows, sums and files; the key is made once, readable by its owner, with a word about it', () => {
  expect(made.tables['tickets']!.rows).toBe(40)
  expect(made.tables['persons']!.rows).toBeGreaterThan(40)
  expect(made.tables['events']!.sha256).toMatch(/^[0-9a-f]{64}$/)
  // the imported file is kept among the files
  expect(made.files).toMatchObject({ count: 1, missing: [] })
  expect(words).toContain('Copy it to another place now')
  expect(statSync(key).mode & 0o077).toBe(0)
  expect(statSync(file).mode & 0o077).toBe(0)
  const text = readFileSync(file)
  expect(text.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
  expect(text.includes('Caller 7')).toBe(false)
})

test('a file that is there already is not overwritten', () => {
  const before = createHash('sha256').update(readFileSync(file)).digest('hex')
  const again = linchpin(source, ['backup', file])
  expect(again.status).toBe(1)
  expect(again.stderr).toContain('already')
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(before)
})

describe('the embedded database to PostgreSQL 15 and back', () => {
  test(
    'has equal sums on both, and after coming back; people still sign in with the secret',
    { timeout: 120_000 },
    async (context) => {
      if (server === null) return context.skip('there is no PostgreSQL 15 here')
      const there = join(folder, 'there')
      const env = { DATABASE_URL: await server.database('there') }
      expect(sums(succeeding(there, ['restore', file, '--key', key, '--json'], env))).toEqual(made)
      expect(readFileSync(join(there, 'secret.key'), 'utf8')).toBe(readFileSync(join(source, 'secret.key'), 'utf8'))
      const second = join(folder, 'second.backup')
      const copied = succeeding(there, ['backup', second, '--key', key, '--json'], env)
      expect(sums(copied)).toEqual(made)
      const back = join(folder, 'back')
      expect(sums(succeeding(back, ['restore', second, '--key', key, '--json']))).toEqual(made)
      // it works: another person is recorded beside those restored
      succeeding(back, ['user', 'add', '--email', 'bea@example.test', '--name', 'Bea', '--role', 'technician'])
      const third = JSON.parse(
        succeeding(back, ['backup', join(folder, 'third.backup'), '--key', key, '--json']),
      ) as Sums
      expect(third.tables['persons']!.rows).toBe(made.tables['persons']!.rows + 1)
    },
  )
  test(
    'is there with its secret also where there were no files, in a data directory that is new',
    { timeout: 120_000 },
    async (context) => {
      if (server === null) return context.skip('there is no PostgreSQL 15 here')
      const bare = join(folder, 'bare')
      succeeding(bare, ['user', 'add', '--email', 'dora@example.test', '--name', 'Dora', '--role', 'administrator'])
      const path = join(folder, 'bare.backup')
      const taken = succeeding(bare, ['backup', path, '--key', key, '--json'])
      const there = join(folder, 'new', 'directory')
      const env = { DATABASE_URL: await server.database('bare') }
      expect(sums(succeeding(there, ['restore', path, '--key', key, '--json'], env))).toEqual(sums(taken))
      expect(readdirSync(there)).toContain('secret.key')
      expect(readdirSync(there)).not.toContain('secret.key.restored')
      expect(readFileSync(join(there, 'secret.key'), 'utf8')).toBe(readFileSync(join(bare, 'secret.key'), 'utf8'))
      succeeding(there, ['audit', 'verify'], env)
    },
  )
})

describe('a restore is refused in words and leaves nothing behind', () => {
  const target = join(folder, 'target')
  const tables = (): string => {
    const answer = linchpin(target, ['backup', join(folder, `probe-${randomBytes(4).toString('hex')}`), '--key', key])
    return answer.stderr
  }
  const refused = (path: string, ...more: string[]): string => {
    const ran = linchpin(target, ['restore', path, ...more])
    expect(ran.status).toBe(1)
    expect(ran.stderr).not.toContain('    at ')
    return ran.stderr
  }
  test('without the key, with another key, with its public half only', () => {
    expect(refused(file)).toContain('There is no backup key')
    const other = join(folder, 'other.key')
    writeFileSync(other, readFileSync(key, 'utf8').replace(/AGE-SECRET-KEY-1\S+/, anotherKey))
    expect(refused(file, '--key', other)).toContain('does not open the backup')
    const half = join(folder, 'half.key')
    writeFileSync(half, /age1\S+/.exec(readFileSync(key, 'utf8'))![0])
    expect(refused(file, '--key', half)).toContain('public half')
    expect(tables()).toContain('nothing to back up')
  })
  test('cut off anywhere, altered anywhere, or no backup at all', { timeout: 120_000 }, () => {
    const size = statSync(file).size
    for (const [n, cut] of [50, Math.floor(size / 2), size - 1].entries()) {
      const path = join(folder, `cut${n}`)
      writeFileSync(path, readFileSync(file))
      truncateSync(path, cut)
      expect(refused(path, '--key', key)).toContain('cut off, altered')
    }
    for (const [n, at] of [300, Math.floor(size / 2), size - 20].entries()) {
      const path = join(folder, `altered${n}`)
      const text = Buffer.from(readFileSync(file))
      text[at]! ^= 1
      writeFileSync(path, text)
      expect(refused(path, '--key', key)).toContain('cut off, altered')
    }
    writeFileSync(join(folder, 'none'), 'not a backup\n')
    expect(refused(join(folder, 'none'), '--key', key)).toContain('cut off, altered')
    expect(refused(join(folder, 'nowhere'), '--key', key)).toContain('cannot be read')
    expect(tables()).toContain('nothing to back up')
    expect(existsSync(join(target, 'secret.key'))).toBe(false)
  })
  test('into a database that holds something, unless that is given up by its word', { timeout: 60_000 }, () => {
    const full = join(folder, 'full')
    succeeding(full, ['user', 'add', '--email', 'eve@example.test', '--name', 'Eve', '--role', 'administrator'])
    const bare = linchpin(full, ['restore', file, '--key', key])
    expect(bare).toMatchObject({ status: 1 })
    expect(bare.stderr).toContain('--replace everything')
    expect(linchpin(full, ['restore', file, '--key', key, '--replace', 'yes']).status).toBe(2)
    const other = linchpin(full, ['restore', file, '--key', key, '--replace', 'everything'], {
      env: { LINCHPIN_SECRET: 'another secret, long enough to be one of them' },
    })
    expect(other.stderr).toContain('LINCHPIN_SECRET is not the secret of the backup')
    const eve = succeeding(full, [
      'user',
      'add',
      '--email',
      'eve@example.test',
      '--name',
      'Eve',
      '--role',
      'administrator',
      '--json',
    ])
    expect(JSON.parse(eve)).toHaveProperty('link')
    expect(sums(succeeding(full, ['restore', file, '--key', key, '--replace', 'everything', '--json']))).toEqual(made)
  })
})

/** Of no installation. */
const anotherKey = 'AGE-SECRET-KEY-1R9Y4C043DJPNTKZ4W0LUWXZVMY44NN3Q4TC5W98G0E58TKECXT2QH0J4ME'
