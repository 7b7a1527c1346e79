import { jobs } from '../../contract/operations.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { type Run, UsageError } from '../command.ts'
import { onInstallation } from '../installation.ts'

export const run: Run = async (call) => {
  const [id] = call.positionals
  if (id === undefined || !/^\d{1,18}$/.test(id)) throw new UsageError('Name the job by its number.')
  const done = await onInstallation(call, ({ act, organisation }) =>
    act(systemActor(organisation, 'Command line'), jobs.retry, { id }),
  )
  call.print(call.json ? JSON.stringify(done) : 'The job is tried again now.')
  return 0
}
