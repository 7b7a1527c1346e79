import {
  type Ask,
  type AskedPerson,
  type Attestation,
  type AttestedItem,
  differenceRemedies,
} from '../../contract/attestations.ts'
import { may, type Permission } from '../../contract/permissions.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import type { Refusal } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { itemsOfAsk, type StoredAsk, type StoredItem } from './asks-store.ts'
import type { StoredAttestation } from './attestations-store.ts'
import { whyNotAnswer, whyNotChange, whyNotClose, whyNotSettle } from './rules/why-not-attest.ts'

const lacking = (actor: Actor, permission: Permission): Refusal | null =>
  may(actor.role, permission) ? null : { code: 'forbidden', params: { permission } }

export function shownAttestation(actor: Actor, t: StoredAttestation): Attestation {
  const keeps = lacking(actor, 'assets.write')
  return {
    id: t.id,
    reference: t.reference,
    version: t.version,
    name: t.name,
    note: t.note,
    owner: { id: t.owner_id, name: t.owner_name },
    asked: { kind: t.asked_kind, words: t.asked_words },
    dueOn: t.due_on,
    state: t.state,
    createdAt: t.created_at,
    closedAt: t.closed_at,
    closedBy: t.closed_by_name,
    counts: {
      people: t.people,
      done: t.people_done,
      items: t.items,
      mine: t.mine,
      notMine: t.not_mine,
      gaps: t.gaps,
      unsettled: t.unsettled,
    },
    refusals: shownRefusals({
      move: keeps ?? whyNotChange(t.state),
      answerFor: keeps ?? whyNotChange(t.state),
      settle: keeps ?? whyNotChange(t.state),
      close: keeps ?? whyNotClose(t.state, t.unsettled),
      cancel: keeps ?? whyNotChange(t.state),
    }),
  }
}

export const shownPerson = (k: StoredAsk): AskedPerson => ({
  id: k.id,
  person: { id: k.person_id, name: k.person_name },
  items: k.items,
  answered: k.answered,
  unsettled: k.unsettled,
  doneAt: k.done_at,
  doneBy: k.done_by_name,
  forThem: k.for_them,
})

/** What a difference is called: its tag, or what was said of it. */
export const labelOf = (i: StoredItem): string => i.tag ?? i.note

export const itemFacts = (i: StoredItem) => ({
  label: labelOf(i),
  answer: i.answer,
  isSettled: i.remedy !== null,
  isHeld: i.held,
})

export const shownItem = (actor: Actor, t: StoredAttestation, i: StoredItem): AttestedItem => ({
  id: i.id,
  person: { id: i.person_id, name: i.person_name },
  asset: i.asset_id === null ? null : { id: i.asset_id, tag: i.tag ?? '', name: i.asset_name ?? '' },
  held: i.held,
  answer: i.answer,
  note: i.note,
  answeredAt: i.answered_at,
  answeredBy: i.answered_by_name,
  forThem: i.for_them,
  remedy: i.remedy,
  reason: i.remedy_reason,
  settledBy: i.settled_by_name,
  refusals: shownRefusals(
    Object.fromEntries(
      differenceRemedies.map((one) => [
        one,
        lacking(actor, 'assets.write') ?? whyNotSettle(t.state, itemFacts(i), one),
      ]),
    ),
  ),
})

export const answerFacts = (actor: Actor, t: StoredAttestation, k: StoredAsk) => ({
  state: t.state,
  isAsked: k.person_id === actor.person,
  mayActForOthers: may(actor.role, 'assets.write'),
})

export const shownAsk = async (ctx: Ctx, t: StoredAttestation, k: StoredAsk): Promise<Ask> => ({
  id: k.id,
  person: { id: k.person_id, name: k.person_name },
  campaign: { id: t.id, reference: t.reference, name: t.name, note: t.note, dueOn: t.due_on },
  items: (await itemsOfAsk(ctx.tx, k.id)).map((i) => shownItem(ctx.actor, t, i)),
  doneAt: k.done_at,
  refusals: shownRefusals({ answer: whyNotAnswer(answerFacts(ctx.actor, t, k)) }),
})
