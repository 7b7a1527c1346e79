import { logStanding } from '../../audit/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Db } from '../../platform/db.ts'
import { version } from '../../platform/version.ts'
import { scheduleOf, standing } from '../backups-store.ts'
import { standingOfWork } from '../running-store.ts'
import type { Finding } from './finding.ts'

const hour = 3600
const say = (code: string, params: Record<string, unknown> = {}) => sentence(`health.${code}`, params)

/** Whether work waits longer than it should. Limits in seconds. */
function waiting(check: string, seconds: number | null, warnAfter: number, problemAfter: number): Finding {
  if (seconds === null || seconds < warnAfter) return { check, verdict: 'good', says: say(`${check}.fine`) }
  return {
    check,
    verdict: seconds < problemAfter ? 'warning' : 'problem',
    says: say(`${check}.behind`, { seconds: Math.round(seconds) }),
    mend: say(`${check}.mend`),
  }
}

/** What moves by itself in a running installation: does it? `now`: milliseconds since 1970. */
export async function runningChecks(db: Db, now: number): Promise<Finding[]> {
  const work = await standingOfWork(db)
  const jobs: Finding =
    work.jobsFailed > 0
      ? { check: 'jobs', verdict: 'warning', says: say('jobs.failed', { n: work.jobsFailed }), mend: say('jobs.mend') }
      : waiting('jobs', work.jobsSeconds, 60, 600)
  return [
    { check: 'version', verdict: 'good', says: say('version.fine', { version }) },
    waiting('outbox', work.outboxSeconds, 15, 120),
    jobs,
    waiting('timer', work.dueSeconds, 15, 120),
    ...(await backupChecks(db, now)),
    await logCheck(db, now),
    { check: 'zones', verdict: 'good', says: say('zones.fine', { version: process.versions.tz ?? '?' }) },
  ]
}

async function backupChecks(db: Db, now: number): Promise<Finding[]> {
  const { everyHours } = await scheduleOf(db)
  const { takenAt, passed, testedAt, lastFailed } = await standing(db)
  const mend = say('backup.mend')
  const hours = takenAt === null ? null : Math.floor((now - Date.parse(takenAt)) / 1000 / hour)
  const backup: Finding = lastFailed
    ? { check: 'backup', verdict: 'problem', says: say('backup.failed'), mend }
    : hours === null
      ? {
          check: 'backup',
          verdict: 'warning',
          says: say(everyHours === null ? 'backup.unplanned' : 'backup.none'),
          mend,
        }
      : everyHours !== null && hours > 2 * everyHours
        ? { check: 'backup', verdict: 'problem', says: say('backup.old', { hours, every: everyHours }), mend }
        : {
            check: 'backup',
            verdict: everyHours === null && hours > 168 ? 'warning' : 'good',
            says: say('backup.fine', { hours }),
          }
  const days = testedAt === null ? 0 : Math.floor((now - Date.parse(testedAt)) / 1000 / 24 / hour)
  const test: Finding =
    passed === null
      ? { check: 'restore-test', verdict: 'warning', says: say('restore-test.none'), mend }
      : passed
        ? { check: 'restore-test', verdict: 'good', says: say('restore-test.passed', { days }) }
        : { check: 'restore-test', verdict: 'problem', says: say('restore-test.failed'), mend }
  return [backup, test]
}

async function logCheck(db: Db, now: number): Promise<Finding> {
  const { sealedAt, waitingSince, clean } = await logStanding(db)
  const check = 'log'
  const mend = say('log.mend')
  if (clean === false) return { check, verdict: 'problem', says: say('log.tampered'), mend }
  const minutes = waitingSince === null ? 0 : Math.floor((now - Date.parse(waitingSince)) / 60_000)
  if (minutes >= 10) return { check, verdict: 'warning', says: say('log.behind', { minutes }), mend }
  if (sealedAt === null) return { check, verdict: 'good', says: say('log.none') }
  return {
    check,
    verdict: 'good',
    says: say('log.fine', { minutes: Math.max(0, Math.floor((now - Date.parse(sealedAt)) / 60_000)) }),
  }
}
