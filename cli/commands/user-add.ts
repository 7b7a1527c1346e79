import { email as emailAddress } from '../../contract/action.ts'
import { people } from '../../contract/people.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { personByEmail } from '../../server/people/public.ts'
import { required, type Run, UsageError } from '../command.ts'
import { onInstallation } from '../installation.ts'
import { roleGiven } from '../role-given.ts'

/** Records the person unless the address is known, gives an account (or a new link), and prints the link alone on its line. */
export const run: Run = async (call) => {
  const address = emailAddress.safeParse(required(call, 'email'))
  const name = required(call, 'name').trim()
  const role = roleGiven(required(call, 'role'))
  if (!address.success) throw new UsageError('--email is not an e-mail address.')
  const made = await onInstallation(call, async (opened) => {
    const actor = systemActor(opened.organisation, 'Command line')
    const known = await personByEmail(opened.platform.database.db, opened.organisation, address.data)
    const id = known?.id ?? (await opened.act(actor, people.create, { name, emails: [address.data] })).id
    const { link, expiresAt } = await opened.act(actor, people.invite, { id, role })
    return { id, link, expiresAt }
  })
  if (call.json) call.print(JSON.stringify(made))
  else {
    call.print(`${name} can sign in as ${role} after choosing a password here (until ${made.expiresAt}):`)
    call.print(made.link)
  }
  return 0
}
