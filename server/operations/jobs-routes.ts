import { type JobShown, jobs } from '../../contract/operations.ts'
import { sentence } from '../platform/catalogue.ts'
import { notFound, refuse } from '../platform/errors.ts'
import { type Route, serve } from '../platform/mount.ts'
import { jobById, jobCounts, jobPage, type JobRow, takeOut, tryAgain } from './jobs-store.ts'
import { whyNotTouch } from './rules/job-states.ts'

const reason = (row: JobRow) => {
  const refusal = whyNotTouch(row.state)
  return refusal === null ? null : { code: refusal.code, sentence: sentence(refusal.code, refusal.params) }
}

/** A job as it is shown: neither its payload nor where in the code it failed, which are for logs. */
export const shownJob = (row: JobRow): JobShown => {
  const title = sentence(`jobs.task.${row.task}`)
  return {
    id: row.id,
    task: row.task,
    title: title.startsWith('jobs.task.') ? row.task : title,
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    since: row.locked_at,
    error: row.last_error === null ? null : inWords(row.last_error),
    createdAt: row.created_at,
    refusals: { retry: reason(row), 'give-up': reason(row) },
  }
}

/** The first line of what a task threw; a sentence of the catalogue where it threw one. */
function inWords(error: string): string {
  const first = error.split('\n')[0]!.replace(/^\w*(Error|Problem): /, '')
  return sentence(first).slice(0, 400)
}

export const jobRoutes: Route[] = [
  serve(jobs.list, async (ctx, input) => {
    const { rows, next } = await jobPage(ctx.tx, input.state, input.limit, input.after)
    const counts = { waiting: 0, later: 0, running: 0, retrying: 0, failed: 0 }
    for (const { state, n } of await jobCounts(ctx.tx)) counts[state] = n
    return { items: rows.map(shownJob), next, counts }
  }),
  serve(jobs.retry, async (ctx, input) => {
    const found = await jobById(ctx.tx, input.id)
    if (found === undefined) throw notFound('job')
    refuse(whyNotTouch(found.state))
    await tryAgain(ctx.tx, input.id)
    ctx.record({
      type: 'job.retried',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      after: { job: input.id, task: found.task },
    })
    return shownJob((await jobById(ctx.tx, input.id))!)
  }),
  serve(jobs.giveUp, async (ctx, input) => {
    const found = await jobById(ctx.tx, input.id)
    if (found === undefined) throw notFound('job')
    refuse(whyNotTouch(found.state))
    await takeOut(ctx.tx, input.id)
    ctx.record({
      type: 'job.given-up',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      before: { job: input.id, task: found.task, attempts: found.attempts },
    })
    return { id: input.id }
  }),
]
