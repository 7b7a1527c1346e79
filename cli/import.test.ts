import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commandEnv, commandLine, linchpin as linchpinOn } from '../test/support/command-line.ts'
import { killMidway } from '../test/support/kill-midway.ts'

const folder = mkdtempSync(join(tmpdir(), 'linchpin-cli-import-'))
const dataDir = join(folder, 'data')
const env = commandEnv(dataDir)
const linchpin = (...args: string[]) => linchpinOn(dataDir, args)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const incidents = 4000
const file = join(folder, 'log.csv')
const rows = Array.from({ length: incidents }, (_, i) => [
  `C${i},New,1/3/2016 09:00,1/3/2016 09:00,Group ${i % 9}`,
  `C${i},Resolved,1/3/2016 09:00,2/3/2016 09:00,Group ${i % 9}`,
]).flat()
writeFileSync(file, `number,incident_state,opened_at,sys_updated_at,assignment_group\n${rows.join('\n')}\n`)

test(
  'killed in the middle and run again: nothing doubled, nothing missing; once more: unchanged',
  { timeout: 120_000 },
  async () => {
    expect(linchpin('doctor').status).toBe(0)
    const child = spawn(process.execPath, [commandLine, 'import', 'servicenow-incidents', file, '--json'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await killMidway(child)
    expect(existsSync(`${file}.result.csv`)).toBe(false)
    const again = linchpin('import', 'servicenow-incidents', file, '--json')
    expect(again.status).toBe(0)
    expect(JSON.parse(again.stdout)).toEqual({
      rows: 8000,
      incidents,
      created: incidents,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      warnings: 0,
    })
    const verdicts = readFileSync(`${file}.result.csv`, 'utf8').trimEnd().split('\r\n')
    expect(verdicts).toHaveLength(8001)
    expect(verdicts[1]).toBe('2,C0,created,')
    const third = linchpin('import', 'servicenow-incidents', file, '--json')
    expect(JSON.parse(third.stdout)).toMatchObject({ created: 0, updated: 0, unchanged: incidents })
  },
)

test(
  'tickets with comments, killed in the middle and run again: no note is missing or doubled',
  { timeout: 120_000 },
  async () => {
    const list = join(folder, 'tickets.jsonl')
    const comments = [1, 2].map((id) => ({ id, created: `2024-11-02T1${id}:00:00Z`, author: 'Ada', body: `No ${id}` }))
    const ticket = (i: number) => ({
      key: `K-${i}`,
      summary: 'One',
      status: 'open',
      created: '2024-11-02T10:00:00Z',
      comments,
    })
    writeFileSync(list, Array.from({ length: 2500 }, (_, i) => JSON.stringify(ticket(i))).join('\n'))
    const child = spawn(process.execPath, [commandLine, 'import', 'tickets', list, '--json'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await killMidway(child)
    const again = linchpin('import', 'tickets', list, '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ rows: 7500, created: 2500, rejected: 0 })
    const third = linchpin('import', 'tickets', list, '--json')
    expect(JSON.parse(third.stdout)).toMatchObject({ created: 0, updated: 0, unchanged: 2500 })
    const more = join(folder, 'more.jsonl')
    writeFileSync(more, JSON.stringify({ ...ticket(7), comments: [...comments, { ...comments[0], id: 3 }] }))
    expect(JSON.parse(linchpin('import', 'tickets', more, '--json').stdout)).toMatchObject({ updated: 1, unchanged: 0 })
  },
)

test('says what is missing, and why a file cannot be imported', () => {
  expect(linchpin('import')).toMatchObject({ status: 2, stdout: '' })
  expect(linchpin('import', 'servicenow-incidents').stderr).toContain('Name the file')
  expect(linchpin('import', 'servicenow-incidents', join(folder, 'none.csv'))).toMatchObject({ status: 1, stdout: '' })
  const other = join(folder, 'other.csv')
  writeFileSync(other, 'a,b\n1,2\n')
  const refused = linchpin('import', 'servicenow-incidents', other, '--json')
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('No column was found for number')
})

test(
  'assets, killed in the middle and run again, end as if nothing had been: once each, with models, places and tags',
  { timeout: 120_000 },
  async () => {
    const list = join(folder, 'assets.csv')
    const lines = Array.from(
      { length: 4000 },
      (_, i) =>
        `${i % 3 === 0 ? '' : `K-${i}`},SER-${i},PC ${i},Model ${i % 40},Maker ${i % 4},Laptops,Site ${i % 9} > Room ${i % 30}`,
    )
    writeFileSync(list, `Asset Tag,Serial,Name,Model,Manufacturer,Category,Location\n${lines.join('\n')}\n`)
    const child = spawn(process.execPath, [commandLine, 'import', 'assets', list, '--json'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await killMidway(child)
    expect(existsSync(`${list}.result.csv`)).toBe(false)
    const again = linchpin('import', 'assets', list, '--json')
    expect(again.stderr).toContain("Every row's verdict")
    expect(JSON.parse(again.stdout)).toEqual({
      rows: 4000,
      incidents: 4000,
      created: 4000,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      warnings: 0,
    })
    const verdicts = readFileSync(`${list}.result.csv`, 'utf8').trimEnd().split('\r\n')
    expect(verdicts).toHaveLength(4001)
    expect(verdicts[2]).toBe('3,K-1,created,')
    const third = linchpin('import', 'assets', list, '--json')
    expect(JSON.parse(third.stdout)).toMatchObject({ created: 0, updated: 0, unchanged: 4000 })
  },
)

test(
  'a mapping comes from a file, or is refused in words; a list of people has the shape of any import',
  { timeout: 60_000 },
  () => {
    const list = join(folder, 'odd.csv')
    writeFileSync(list, 'Wer,Post\nAda Ro,ada@x.example\n')
    const mapping = join(folder, 'mapping.json')
    writeFileSync(mapping, '{ "Wer": "name", "Post": "email" }')
    const done = linchpin('import', 'people', list, '--mapping', mapping, '--dry-run', '--json')
    expect(JSON.parse(done.stdout)).toEqual({
      rows: 1,
      incidents: 1,
      created: 1,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      warnings: 0,
    })
    expect(linchpin('import', 'people', list, '--mapping', 'Never saved').stderr).toContain(
      'neither a file Never saved nor a saved mapping',
    )
    writeFileSync(mapping, '{ "Wer": "colour" }')
    const refused = linchpin('import', 'people', list, '--mapping', mapping, '--json')
    expect(refused).toMatchObject({ status: 1 })
    expect(refused.stderr).toContain('there is no such field')
    expect(linchpin('import', 'people', list, '--date-order', 'backwards').status).toBe(2)
  },
)
