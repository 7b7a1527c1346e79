import type { Custody } from '../../contract/custody.ts'
import { may } from '../../contract/permissions.ts'
import { type Actor, type Ctx, todayOf } from '../platform/ctx.ts'
import type { Refusal } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { StoredCustody } from './custody-store.ts'
import { whyNotAnswer, whyNotTakeIssued } from './rules/why-not-custody.ts'

export const answerFacts = (actor: Actor, c: StoredCustody) => ({
  isHolder: c.holder_kind === 'person' && c.holder_id === actor.person,
  acceptance: c.acceptance,
  isOpen: c.ended_at === null,
})

export const issueFacts = (c: StoredCustody) => ({
  isOpen: c.ended_at === null,
  isConsumable: c.stock_class === 'consumable',
})

function worked(actor: Actor, c: StoredCustody): Refusal | null {
  if (!may(actor.role, 'assets.work')) return { code: 'forbidden', params: { permission: 'assets.work' } }
  return c.ended_at === null ? null : { code: 'custody.over' }
}

export function shownCustody(ctx: Pick<Ctx, 'now' | 'actor'>, c: StoredCustody): Custody {
  const work = worked(ctx.actor, c)
  return {
    id: c.id,
    asset: c.asset_id === null ? null : { id: c.asset_id, tag: c.asset_tag ?? '', name: c.asset_name ?? '' },
    stock: c.stock_id === null ? null : { id: c.stock_id, name: c.stock_name ?? '' },
    quantity: c.quantity,
    holder: { kind: c.holder_kind, id: c.holder_id, name: c.holder_name },
    from: c.handed_at,
    by: c.handed_by_name,
    note: c.note,
    dueBackOn: c.due_back_on,
    overdue: c.ended_at === null && c.due_back_on !== null && c.due_back_on < todayOf(ctx),
    ended:
      c.ended_at === null
        ? null
        : {
            at: c.ended_at,
            by: c.ended_by_name ?? '',
            how: c.ended_how ?? 'released',
            condition: c.condition,
            note: c.end_note,
          },
    acceptance: c.acceptance,
    terms: c.terms_text,
    answer: c.answered_at === null ? null : { at: c.answered_at, signature: c.signature, note: c.answer_note },
    refusals: shownRefusals({
      takeBack: work,
      transfer: work,
      takeIssued: work ?? whyNotTakeIssued(issueFacts(c)),
      answer: whyNotAnswer(answerFacts(ctx.actor, c)),
    }),
  }
}
