import type { Ctx } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { cut } from '../platform/rules/storable-text.ts'
import { insertPerson, personByEmail, setEmails } from './persons-store.ts'

/** Records somebody who wrote for the first time, without an account; whoever has the address already is answered instead. */
export async function recordSender(
  ctx: Ctx,
  given: { name: string; email: string },
): Promise<{ id: string; name: string; fresh: boolean }> {
  const { organisation } = ctx.actor
  const known = await personByEmail(ctx.tx, organisation, given.email)
  if (known !== undefined) return { ...known, fresh: false }
  const id = newId()
  const name = cut(given.name.trim(), 120) || given.email
  await insertPerson(ctx.tx, id, organisation, { name })
  await setEmails(ctx.tx, id, [given.email.toLowerCase()])
  ctx.record({
    type: 'person.created',
    subject: { kind: 'person', id },
    after: { name, emails: [given.email.toLowerCase()] },
  })
  return { id, name, fresh: true }
}
