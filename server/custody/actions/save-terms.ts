import type { Input, Output } from '../../../contract/action.ts'
import type { custodies, CustodyTerms } from '../../../contract/custody.ts'
import { categoryNames } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { insertTermsRevision, type StoredTerms, termsInForce } from '../terms-store.ts'

const shown = (t: StoredTerms): CustodyTerms => ({
  id: t.id,
  category: t.category_id === null ? null : { id: t.category_id, name: t.category_name ?? '' },
  revision: t.revision,
  body: t.body,
  at: t.created_at,
  by: t.created_by_name,
})

export async function listTerms(
  ctx: Ctx,
  _input: Input<typeof custodies.terms>,
): Promise<Output<typeof custodies.terms>> {
  return { items: (await termsInForce(ctx.tx, ctx.actor.organisation)).map(shown) }
}

/** A new wording is a new revision; what somebody accepted keeps the wording that was shown. */
export async function saveTerms(
  ctx: Ctx,
  input: Input<typeof custodies.saveTerms>,
): Promise<Output<typeof custodies.saveTerms>> {
  const { organisation } = ctx.actor
  if (input.category !== null) {
    const known = await categoryNames(ctx.tx, organisation)
    if (!known.some((category) => category.id === input.category)) throw invalid('category', 'assets.category-unknown')
  }
  await sql`select pg_advisory_xact_lock(hashtext('custody terms ' || ${organisation}))`.execute(ctx.tx)
  const find = async () => (await termsInForce(ctx.tx, organisation)).find((t) => t.category_id === input.category)
  const before = await find()
  if (before?.body === input.body) {
    ctx.unchanged()
    return shown(before)
  }
  const id = newId()
  const revision = (before?.revision ?? 0) + 1
  await insertTermsRevision(ctx.tx, {
    id,
    organisation,
    category: input.category,
    revision,
    body: input.body,
    by: ctx.actor.name,
  })
  ctx.record({
    type: 'custody-terms.worded',
    subject: { kind: 'custody_terms', id },
    after: { category: input.category, revision },
  })
  return shown((await find())!)
}
