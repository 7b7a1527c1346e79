import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import { migrate, migrationState } from './migrate.ts'

let database: TestDatabase
let directory: string

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'linchpin-migrations-'))
  await database.pool.query('DROP TABLE IF EXISTS linchpin_migrations, apples, pears')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const file = (name: string, sql: string) => writeFileSync(join(directory, name), sql)
const run = () => migrate(database.connection, { directory })

test('applies each file once, in order, also when several nodes start at once', async () => {
  file('0002-pears.sql', 'CREATE TABLE pears (apple int REFERENCES apples (n))')
  file('0001-apples.sql', 'CREATE TABLE apples (n int PRIMARY KEY)')
  const results = await Promise.all([run(), run(), run()])
  expect(results.flatMap((result) => result.applied)).toEqual(['0001-apples.sql', '0002-pears.sql'])
  expect(await migrationState(database.connection, directory)).toEqual({
    applied: ['0001-apples.sql', '0002-pears.sql'],
    pending: [],
  })
})

test('a failing file leaves nothing behind, and the error says which line', async () => {
  file('0001-apples.sql', 'CREATE TABLE apples (n int PRIMARY KEY)')
  file('0002-pears.sql', 'CREATE TABLE pears (n int);\nINSERT INTO plums VALUES (1);')
  await expect(run()).rejects.toThrow(/0002-pears\.sql.*plums.*line 2/)
  expect(await migrationState(database.connection, directory)).toEqual({
    applied: ['0001-apples.sql'],
    pending: ['0002-pears.sql'],
  })
  const { rows } = await database.pool.query("SELECT to_regclass('pears') AS pears")
  expect(rows[0].pears).toBeNull()
})

test('waits for a table in use without holding up those who ask for it next', async () => {
  file('0001-apples.sql', 'CREATE TABLE apples (n int); CREATE TABLE pears (n int)')
  await run()
  const busy = await database.pool.connect()
  await busy.query('BEGIN; SELECT * FROM apples')
  file('0002-more.sql', 'ALTER TABLE pears ADD COLUMN m int; ALTER TABLE apples ADD COLUMN m int')
  const migrated = run()
  // who waited behind the migration would wait for ever: it waits for what ends after this
  for (const until = performance.now() + 2500; performance.now() < until; await setTimeout(20)) {
    await database.pool.query('SELECT * FROM apples; SELECT * FROM pears')
  }
  // asked for in the other order, the migration's tables would be a deadlock
  await busy.query('SELECT * FROM pears; COMMIT')
  busy.release()
  expect((await migrated).applied).toEqual(['0002-more.sql'])
})

test('a file changed after it was applied is refused; other line ends are no change', async () => {
  file('0001-apples.sql', 'CREATE TABLE apples (n int);\n')
  await run()
  file('0001-apples.sql', 'CREATE TABLE apples (n int);\r\n')
  expect(await run()).toEqual({ applied: [] })
  file('0001-apples.sql', 'CREATE TABLE apples (n bigint);\n')
  await expect(run()).rejects.toThrow('0001-apples.sql was changed')
})

test('a file slipped in before an applied one, and a database from a newer version, are refused', async () => {
  file('0002-apples.sql', 'CREATE TABLE apples (n int)')
  await run()
  file('0001-pears.sql', 'CREATE TABLE pears (n int)')
  await expect(run()).rejects.toThrow('0001-pears.sql comes before 0002-apples.sql')
  rmSync(join(directory, '0001-pears.sql'))
  rmSync(join(directory, '0002-apples.sql'))
  await expect(run()).rejects.toThrow('newer version')
})

test('names must be in order and of one form', async () => {
  file('1-apples.sql', '')
  await expect(run()).rejects.toThrow('is not named like')
  rmSync(join(directory, '1-apples.sql'))
  file('0001-apples.sql', '')
  file('0001-pears.sql', '')
  await expect(run()).rejects.toThrow('the same number')
})
