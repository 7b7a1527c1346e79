import { keys } from '../../contract/api-keys.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { required, type Run } from '../command.ts'
import { onInstallation } from '../installation.ts'
import { roleGiven } from '../role-given.ts'

/** Prints the new key alone on its line; it is stored nowhere, so this is the only time. */
export const run: Run = async (call) => {
  const name = required(call, 'name')
  const role = roleGiven(required(call, 'role'))
  const { id, key } = await onInstallation(call, (opened) =>
    opened.act(systemActor(opened.organisation, 'Command line'), keys.create, { name, role }),
  )
  call.print(call.json ? JSON.stringify({ id, key }) : key)
  return 0
}
