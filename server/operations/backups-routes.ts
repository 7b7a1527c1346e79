import { isAbsolute, join } from 'node:path'
import type { Input, Output } from '../../contract/action.ts'
import { type Backup, backups } from '../../contract/operations.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { invalid, notFound, Problem, stale } from '../platform/errors.ts'
import { changes } from '../platform/events.ts'
import { newId } from '../platform/identifiers.ts'
import { type Route, serve } from '../platform/mount.ts'
import { fileNameAt } from './backup-clock.ts'
import {
  backupById,
  backupPage,
  type BackupRow,
  insertBackup,
  insertTest,
  saveSchedule,
  scheduleOf,
  type TestRow,
} from './backups-store.ts'
import { type Backing, backupTask, folderOf, testTask } from './make-backups.ts'

const said = (error: BackupRow['error']): string | null => (error === null ? null : sentence(error.code, error.params))
const instantOf = (text: string) => new Date(text).toISOString()

function refusalOf(row: BackupRow) {
  const code = row.state !== 'done' ? 'backups.not-done' : row.removed_at !== null ? 'backups.removed' : null
  return { test: code === null ? null : { code, sentence: sentence(code) } }
}

const shown = (row: BackupRow & { test: TestRow | null }): Backup => ({
  id: row.id,
  path: row.path,
  state: row.state,
  scheduled: row.planned_for !== null,
  by: row.asked_by,
  createdAt: row.created_at,
  takenAt: row.taken_at,
  seconds: row.seconds,
  bytes: row.bytes,
  rows: row.rows,
  files: row.files,
  missingFiles: row.missing_files,
  error: said(row.error),
  removedAt: row.removed_at,
  test:
    row.test === null
      ? null
      : {
          id: row.test.id,
          state: row.test.state,
          at: instantOf(row.test.created_at),
          finishedAt: row.test.finished_at === null ? null : instantOf(row.test.finished_at),
          seconds: row.test.seconds,
          rows: row.test.rows,
          error: said(row.test.error),
        },
  refusals: refusalOf(row),
})

export function backupRoutes(backing: Backing): Route[] {
  const { platform } = backing
  const settings = async (ctx: Ctx): Promise<Output<typeof backups.settings>> => {
    const schedule = await scheduleOf(ctx.tx)
    return {
      ...schedule,
      folderUsed: folderOf(platform, schedule.folder),
      key: platform.config.backupKey === null ? join(platform.config.dataDir, 'backup.key') : 'LINCHPIN_BACKUP_KEY',
    }
  }

  async function save(ctx: Ctx, input: Input<typeof backups.save>): Promise<Output<typeof backups.save>> {
    const { version, ...before } = await scheduleOf(ctx.tx, true)
    if (input.version !== undefined && input.version !== version) throw stale(await settings(ctx), input)
    if (input.folder !== undefined && input.folder !== '' && !isAbsolute(input.folder))
      throw invalid('folder', 'backups.folder-relative')
    const given = Object.fromEntries(
      Object.entries(input).filter(([field, value]) => field !== 'version' && value !== undefined),
    )
    const after = { ...before, ...given }
    const change = changes(before, after)
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      await saveSchedule(ctx.tx, after)
      ctx.record({
        type: 'backup.schedule-changed',
        subject: { kind: 'organisation', id: ctx.actor.organisation },
        ...change,
      })
    }
    return settings(ctx)
  }

  async function start(ctx: Ctx): Promise<Output<typeof backups.start>> {
    const id = newId()
    const { folder } = await scheduleOf(ctx.tx)
    await insertBackup(ctx.tx, {
      id,
      organisation_id: ctx.actor.organisation,
      path: join(folderOf(platform, folder), fileNameAt(Date.parse(ctx.now))),
      planned_for: null,
      asked_by: ctx.actor.name,
    })
    ctx.addJob(backupTask, { backup: id }, { key: `${backupTask}:${id}`, queue: backupTask })
    ctx.record({ type: 'backup.asked', subject: { kind: 'backup', id } })
    return shown((await backupById(ctx.tx, id))!)
  }

  async function test(ctx: Ctx, input: Input<typeof backups.test>): Promise<Output<typeof backups.test>> {
    const found = await backupById(ctx.tx, input.id)
    if (found === undefined || found.organisation_id !== ctx.actor.organisation) throw notFound('backup')
    const refused = refusalOf(found).test
    if (refused !== null) throw new Problem(409, refused.code)
    const id = newId()
    await insertTest(ctx.tx, {
      id,
      organisation_id: ctx.actor.organisation,
      backup_id: found.id,
      asked_by: ctx.actor.name,
      commitment_id: null,
    })
    ctx.addJob(testTask, { test: id }, { key: `${testTask}:${id}`, queue: backupTask })
    ctx.record({ type: 'backup.test-asked', subject: { kind: 'backup', id: found.id }, after: { test: id } })
    return shown((await backupById(ctx.tx, found.id))!)
  }

  return [
    serve(backups.list, async (ctx, input) => {
      const { rows, next } = await backupPage(ctx.tx, ctx.actor.organisation, input.limit, input.after)
      return { items: rows.map(shown), next }
    }),
    serve(backups.settings, settings),
    serve(backups.save, save),
    serve(backups.start, start),
    serve(backups.test, test),
  ]
}
