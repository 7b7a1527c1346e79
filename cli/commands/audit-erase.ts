import { events } from '../../contract/events.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { isId } from '../../server/platform/identifiers.ts'
import { required, type Run, UsageError } from '../command.ts'
import { onInstallation } from '../installation.ts'

export const run: Run = async (call) => {
  const [id] = call.positionals
  if (id === undefined || !isId(id)) throw new UsageError('Name the event by its id.')
  const reason = required(call, 'reason').trim()
  const done = await onInstallation(call, ({ act, organisation }) =>
    act(systemActor(organisation, 'Command line'), events.erase, { id, reason }),
  )
  call.print(call.json ? JSON.stringify(done) : 'Erased. The log still proves that the event was there.')
  return 0
}
