import { fork } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Action, Answer, Sent } from '../../contract/action.ts'
import { commitments } from '../../contract/commitments.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Actor, systemActor } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import type { Answered, Asked } from './backup-process.ts'
import {
  backupById,
  type BackupRow,
  beginBackup,
  beginTest,
  finishBackup,
  finishTest,
  insertTest,
  keptBackups,
  markRemoved,
  scheduleOf,
} from './backups-store.ts'
import { toRemove } from './rules/keep-backups.ts'

export const backupTask = 'backup'
export const testTask = 'restore-test'

/** What backups need beside the platform. `act` carries out an action of another capability. */
export interface Backing {
  platform: Platform
  organisation: string
  connection: pg.PoolConfig
  embedded: boolean
  act<A extends Action>(actor: Actor, action: A, input: Sent<A>): Promise<Answer<A>>
}

export const folderOf = (platform: Platform, folder: string): string =>
  folder === '' ? join(platform.config.dataDir, 'backups') : folder

/** In a process of its own, of low priority: requests do not wait for its encryption. */
function inProcess(
  { platform, connection, embedded }: Backing,
  what: Asked['what'],
  path: string,
  signal?: AbortSignal,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'backup-process.ts'), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const asked: Asked = { what, config: platform.config, connection, embedded, path }
    const stop = () => child.kill('SIGTERM')
    signal?.addEventListener('abort', stop, { once: true })
    child.once('message', (answered) => resolve(answered as Answered))
    child.once('error', reject)
    child.once('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(new Error('the process of a backup ended without an answer'))
    })
    child.send(asked)
  })
}

const reasonOf = ({ code, params }: { code: string; params: Record<string, unknown> }) => sentence(code, params)

async function makeBackup(backing: Backing, id: string, signal?: AbortSignal): Promise<void> {
  const { platform, organisation } = backing
  const { db } = platform.database
  const begun = await beginBackup(db, id)
  if (begun === undefined) return
  await mkdir(join(begun.path, '..'), { recursive: true, mode: 0o700 })
  await rm(begun.path, { force: true })
  const answered = await inProcess(backing, 'backup', begun.path, signal)
  await runCommand(platform, systemActor(organisation, 'Backup', 'job'), async (ctx) => {
    if (answered.done) {
      const { takenAt, seconds, bytes, rows, files, missing } = answered
      await finishBackup(ctx.tx, id, { taken_at: takenAt, seconds, bytes, rows, files, missing_files: missing })
    } else await finishBackup(ctx.tx, id, { error: { code: 'backups.failed', params: { reason: reasonOf(answered) } } })
    ctx.record({
      type: answered.done ? 'backup.made' : 'backup.failed',
      subject: { kind: 'backup', id },
      after: answered.done
        ? { path: begun.path, bytes: answered.bytes, rows: answered.rows }
        : { reason: reasonOf(answered) },
    })
  })
  if (answered.done) await removeOld(backing)
}

/** Takes away the files that the retention no longer keeps. Only what Linchpin made by itself or in the browser is touched. */
async function removeOld({ platform, organisation }: Backing): Promise<void> {
  const { db } = platform.database
  const kept = await keptBackups(db, organisation)
  const { keepDays: days, keepWeeks: weeks, keepMonths: months } = await scheduleOf(db)
  const gone = toRemove(
    kept.map((one) => Date.parse(one.taken_at!)),
    { days, weeks, months },
  ).map((index) => kept[index]!)
  if (gone.length === 0) return
  for (const { path } of gone) await rm(path, { force: true })
  await runCommand(platform, systemActor(organisation, 'Backup', 'job'), async (ctx) => {
    await markRemoved(
      ctx.tx,
      gone.map((one) => one.id),
    )
    for (const { id, path } of gone)
      ctx.record({ type: 'backup.removed', subject: { kind: 'backup', id }, before: { path } })
  })
}

/** Puts a restore test down: it is somebody's commitment from then on, where the settings name an owner. */
export async function askForTest(backing: Backing, backup: BackupRow, by: string): Promise<string> {
  const { platform, organisation, act } = backing
  const actor = systemActor(organisation, 'Backup', 'job')
  const { testOwner } = await scheduleOf(platform.database.db)
  const made =
    testOwner === null
      ? null
      : await act(actor, commitments.make, {
          title: sentence('backups.commitment', { at: backup.taken_at!.slice(0, 10) }),
          owner: testOwner,
          due: { on: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) },
          needsEvidence: true,
        })
  const id = newId()
  await runCommand(platform, actor, async (ctx) => {
    await insertTest(ctx.tx, {
      id,
      organisation_id: organisation,
      backup_id: backup.id,
      asked_by: by,
      commitment_id: made?.id ?? null,
    })
    ctx.addJob(testTask, { test: id }, { key: `${testTask}:${id}`, queue: backupTask })
    ctx.record({ type: 'backup.test-asked', subject: { kind: 'backup', id: backup.id }, after: { test: id } })
  })
  return id
}

async function testBackup(backing: Backing, id: string, signal?: AbortSignal): Promise<void> {
  const { platform, organisation, act } = backing
  const { db } = platform.database
  const begun = await beginTest(db, id)
  const backup = begun === undefined ? undefined : await backupById(db, begun.backup_id)
  if (begun === undefined || backup === undefined) return
  const answered = await inProcess(backing, 'restore-test', backup.path, signal)
  const actor = systemActor(organisation, 'Backup', 'job')
  await runCommand(platform, actor, async (ctx) => {
    if (answered.done) await finishTest(ctx.tx, id, answered)
    else
      await finishTest(ctx.tx, id, { error: { code: 'backups.test-failed', params: { reason: reasonOf(answered) } } })
    ctx.record({
      type: answered.done ? 'backup.restored-in-test' : 'backup.test-failed',
      subject: { kind: 'backup', id: backup.id },
      after: answered.done
        ? { rows: answered.rows, tables: answered.tables, seconds: answered.seconds }
        : { reason: reasonOf(answered) },
    })
  })
  // one that failed stays open: it becomes late, and its owner hears of it
  if (answered.done && begun.commitment_id !== null)
    await act(actor, commitments.complete, {
      id: begun.commitment_id,
      evidence: sentence('backups.evidence', {
        path: backup.path,
        rows: answered.rows,
        tables: answered.tables,
        seconds: Math.round(answered.seconds),
      }),
    }).catch((error: Error) =>
      platform.log.warn({ error: error.message }, 'the commitment of a restore test could not be completed'),
    )
}

export const backupJobs = (backing: Backing): Job[] => [
  { task: backupTask, run: ({ backup }, signal) => makeBackup(backing, backup as string, signal) },
  { task: testTask, run: ({ test }, signal) => testBackup(backing, test as string, signal) },
]
