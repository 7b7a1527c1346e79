import { z } from 'zod'
import { basedOn, command, id, instant, listOf, page, query, refusals } from './action.ts'

/** One thing that was looked at: how it is, and what to do. */
export const check = z.object({
  check: z.string(),
  title: z.string(),
  state: z.enum(['good', 'warning', 'problem']),
  says: z.string(),
  mend: z.string().nullable(),
})
export type Check = z.output<typeof check>

export const system = {
  health: query({
    name: 'system.health',
    path: '/system/health',
    permission: 'system.read',
    summary: 'How this installation fares: database, disk, jobs, timers, backups, log, versions.',
    input: z.object({}),
    output: z.object({ healthy: z.boolean(), at: instant, items: z.array(check) }),
  }),
}

export const jobState = z.enum(['waiting', 'later', 'running', 'retrying', 'failed'])
/** `later`: its time has not come. `retrying`: it failed and is tried again. `failed`: no attempts are left. */
export const job = z.object({
  id: z.string(),
  task: z.string(),
  /** What the task is, in words. */
  title: z.string(),
  state: jobState,
  attempts: z.int(),
  maxAttempts: z.int(),
  runAt: instant,
  since: instant.nullable(),
  error: z.string().nullable(),
  createdAt: instant,
  refusals,
})
export type JobShown = z.output<typeof job>

const jobId = z.string().regex(/^\d{1,18}$/, 'must be the number of a job')

export const jobs = {
  list: query({
    name: 'jobs.list',
    path: '/jobs',
    permission: 'system.read',
    summary: 'Work that waits, runs, or failed.',
    input: z.object({ state: jobState.optional(), ...page }),
    output: listOf(job).extend({ counts: z.record(jobState, z.int()) }),
  }),
  retry: command({
    name: 'jobs.retry',
    method: 'POST',
    path: '/jobs/{id}/retry',
    permission: 'system.manage',
    summary: 'Try a job again at once, with all its attempts.',
    input: z.object({ id: jobId }),
    output: job,
  }),
  giveUp: command({
    name: 'jobs.give-up',
    method: 'POST',
    path: '/jobs/{id}/give-up',
    permission: 'system.manage',
    summary: 'Take a job that does not run out of the queue.',
    input: z.object({ id: jobId }),
    output: z.object({ id: z.string() }),
  }),
}

const sentenced = z.string().nullable()
export const restoreTest = z.object({
  id,
  state: z.enum(['waiting', 'running', 'passed', 'failed']),
  at: instant,
  finishedAt: instant.nullable(),
  seconds: z.number().nullable(),
  rows: z.int().nullable(),
  error: sentenced,
})
export const backup = z.object({
  id,
  path: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  scheduled: z.boolean(),
  by: z.string(),
  createdAt: instant,
  takenAt: instant.nullable(),
  seconds: z.number().nullable(),
  bytes: z.int().nullable(),
  rows: z.int().nullable(),
  files: z.int().nullable(),
  missingFiles: z.int().nullable(),
  error: sentenced,
  removedAt: instant.nullable(),
  test: restoreTest.nullable(),
  refusals,
})
export type Backup = z.output<typeof backup>

const schedule = {
  /** Absolute path of a folder; empty: `backups` in the data directory. */
  folder: z.string().trim().max(500),
  /** Null: none by itself. */
  everyHours: z.int().min(1).max(168).nullable(),
  /** How many are kept: the newest of each day, week and month. */
  keepDays: z.int().min(1).max(366),
  keepWeeks: z.int().min(0).max(104),
  keepMonths: z.int().min(0).max(120),
  /** Days between restore tests; null: none by itself. */
  testEveryDays: z.int().min(1).max(366).nullable(),
  /** Whose commitment each restore test is. */
  testOwner: z.object({ kind: z.enum(['person', 'team']), id }).nullable(),
}
export const backupSettings = z.object({ version: z.int(), ...schedule, folderUsed: z.string(), key: z.string() })
export type BackupSettings = z.output<typeof backupSettings>

export const backups = {
  list: query({
    name: 'backups.list',
    path: '/backups',
    permission: 'system.read',
    summary: 'Backups, newest first, with their restore tests.',
    input: z.object({ ...page }),
    output: listOf(backup),
  }),
  settings: query({
    name: 'backups.settings',
    path: '/backup-settings',
    permission: 'system.read',
    summary: 'When backups are made and tested, and how long they are kept.',
    input: z.object({}),
    output: backupSettings,
  }),
  save: command({
    name: 'backups.save',
    method: 'PUT',
    path: '/backup-settings',
    permission: 'system.manage',
    summary: 'Change when backups are made and tested, and how long they are kept.',
    input: z.object({ version: basedOn, ...schedule }).partial(),
    output: backupSettings,
  }),
  start: command({
    name: 'backups.start',
    method: 'POST',
    path: '/backups',
    permission: 'system.manage',
    summary: 'Make a backup now, in the background.',
    input: z.object({}),
    output: backup,
  }),
  test: command({
    name: 'backups.test',
    method: 'POST',
    path: '/backups/{id}/test',
    permission: 'system.manage',
    summary: 'Restore a backup into a scratch database, compare all sums, and drop it again.',
    input: z.object({ id }),
    output: backup,
  }),
}
