import { join } from 'node:path'
import { systemActor } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { runCommand } from '../platform/platform.ts'
import { insertBackup, keptBackups, scheduleOf, standing } from './backups-store.ts'
import { askForTest, type Backing, backupTask, folderOf } from './make-backups.ts'
import { plannedMoment } from './rules/keep-backups.ts'

const everyMs = 30_000

/** `linchpin-2026-05-20T02-00-00.backup` */
export const fileNameAt = (at: number): string =>
  `linchpin-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}.backup`

/** Asks for the backups and restore tests that the schedule wants, each once, whichever node comes first. */
export class BackupClock {
  readonly #backing: Backing
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null

  constructor(backing: Backing) {
    this.#backing = backing
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.round(Date.now())
        .catch((error: Error) =>
          this.#backing.platform.log.warn({ error: error.message }, 'backups could not be planned'),
        )
        .finally(() => (this.#running = null))
    }, everyMs)
    this.#timer.unref()
  }

  /** `now`: milliseconds since 1970. */
  async round(now: number): Promise<void> {
    const { platform, organisation } = this.#backing
    const { db } = platform.database
    const schedule = await scheduleOf(db)
    if (schedule.everyHours !== null) {
      const planned = plannedMoment(schedule.everyHours, now)
      const last = await standing(db)
      if (last.takenAt === null || Date.parse(last.takenAt) < planned)
        await this.#plan(planned, folderOf(platform, schedule.folder))
    }
    if (schedule.testEveryDays !== null) {
      const { testedAt } = await standing(db)
      const [newest] = await keptBackups(db, organisation)
      const due = testedAt === null || now - Date.parse(testedAt) >= schedule.testEveryDays * 86_400_000
      if (due && newest !== undefined) await askForTest(this.#backing, newest, 'Linchpin')
    }
  }

  async #plan(planned: number, folder: string): Promise<void> {
    const { platform, organisation } = this.#backing
    const id = newId()
    await runCommand(platform, systemActor(organisation, 'Backup', 'job'), async (ctx) => {
      const fresh = await insertBackup(ctx.tx, {
        id,
        organisation_id: organisation,
        path: join(folder, fileNameAt(planned)),
        planned_for: new Date(planned).toISOString(),
        asked_by: 'Linchpin',
      })
      if (!fresh) return ctx.unchanged()
      ctx.addJob(backupTask, { backup: id }, { key: `${backupTask}:${id}`, queue: backupTask })
      ctx.record({ type: 'backup.planned', subject: { kind: 'backup', id } })
    })
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#running
  }
}
