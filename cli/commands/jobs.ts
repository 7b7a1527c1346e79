import { jobs, jobState } from '../../contract/operations.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { optional, type Run, UsageError } from '../command.ts'
import { onInstallation } from '../installation.ts'

export const run: Run = async (call) => {
  const given = optional(call, 'state')
  const state = jobState.optional().safeParse(given ?? undefined)
  if (!state.success) throw new UsageError(`There is no state "${given}"; there are ${jobState.options.join(', ')}.`)
  const wanted = state.data === undefined ? {} : { state: state.data }
  const found = await onInstallation(call, ({ act, organisation }) =>
    act(systemActor(organisation, 'Command line'), jobs.list, { limit: 200, ...wanted }),
  )
  if (call.json) call.print(JSON.stringify(found))
  else {
    for (const job of found.items) {
      call.print(
        `${job.id.padStart(8)}  ${job.state.padEnd(8)}  ${job.title}  (attempt ${job.attempts} of ${job.maxAttempts}, ${job.runAt})`,
      )
      if (job.error !== null) call.print(`          ${job.error}`)
    }
    const counts = Object.entries(found.counts).flatMap(([name, n]) =>
      n > 0 ? [`${n.toLocaleString('en')} ${name}`] : [],
    )
    call.print(counts.length === 0 ? 'No jobs.' : counts.join(', '))
  }
  return 0
}
