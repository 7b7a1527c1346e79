import { isAfter } from '../../../contract/instants.ts'
import type { Input, Output } from '../../../contract/action.ts'
import type { onCall } from '../../../contract/on-call.ts'
import { insertNotices } from '../../notifications/public.ts'
import { isEmptyText, sanitised } from '../../notes/public.ts'
import { type Ctx, nowSeconds } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { whyNotShift } from '../rules/why-not-on-call.ts'
import {
  insertHandoverNote,
  insertOverride,
  namesOf,
  noteById,
  notePage,
  removeOverrideOf,
  saveReading,
  type StoredNote,
} from '../schedules-store.ts'
import { standingsAt } from '../who-is-on-call.ts'
import { known, reread, standing } from './save-schedule.ts'

export async function addOverride(
  ctx: Ctx,
  input: Input<typeof onCall.addOverride>,
): Promise<Output<typeof onCall.addOverride>> {
  const schedule = await known(ctx, input.id, true)
  refuse(whyNotShift(standing(ctx, schedule)))
  if (!isAfter(input.to, input.from)) throw invalid('to', 'on-call.stretch')
  if (!isAfter(input.to, ctx.now)) throw invalid('to', 'on-call.over')
  const name = (await namesOf(ctx.tx, ctx.actor.organisation, [input.person])).get(input.person)
  if (name === undefined) throw invalid('person', 'on-call.person-unknown')
  const id = newId()
  await insertOverride(ctx.tx, { ...input, id, schedule: schedule.id, by: ctx.actor.name })
  const event = ctx.record({
    type: 'on-call.override-added',
    subject: { kind: 'on_call', id: schedule.id },
    after: {
      override: id,
      person: input.person,
      person_name: name,
      from: input.from,
      to: input.to,
      reason: input.reason,
    },
  })
  if (input.person !== ctx.actor.person)
    await insertNotices(ctx.tx, [
      {
        person: input.person,
        kind: 'on-call.override',
        code: 'on-call.notice.override',
        params: { by: ctx.actor.name, schedule: schedule.name, fromAt: input.from, toAt: input.to },
        subject: null,
        cause: `event:${event}`,
        at: ctx.now,
      },
    ])
  return reread(ctx, schedule.id)
}

export async function removeOverride(
  ctx: Ctx,
  input: Input<typeof onCall.removeOverride>,
): Promise<Output<typeof onCall.removeOverride>> {
  const schedule = await known(ctx, input.id, true)
  refuse(whyNotShift(standing(ctx, schedule)))
  if (!(await removeOverrideOf(ctx.tx, schedule.id, input.override))) throw notFound('override')
  ctx.record({
    type: 'on-call.override-removed',
    subject: { kind: 'on_call', id: schedule.id },
    before: { override: input.override },
  })
  return reread(ctx, schedule.id)
}

const shownNote = (n: StoredNote) => ({
  id: n.id,
  by: n.author_name,
  at: n.at,
  body: n.body,
  readBy: n.read_by_name,
  readAt: n.read_at,
})

export async function listNotes(ctx: Ctx, input: Input<typeof onCall.notes>): Promise<Output<typeof onCall.notes>> {
  const schedule = await known(ctx, input.id)
  const { rows, next } = await notePage(ctx.tx, schedule.id, input.limit, input.after)
  return { items: rows.map(shownNote), next }
}

/** Whoever is on call next is told; where the writer is not on call, whoever is on call now. */
export async function writeNote(
  ctx: Ctx,
  input: Input<typeof onCall.writeNote>,
): Promise<Output<typeof onCall.writeNote>> {
  const schedule = await known(ctx, input.id)
  refuse(whyNotShift(standing(ctx, schedule)))
  const body = sanitised(input.body)
  if (isEmptyText(body)) throw invalid('body', 'on-call.note-empty')
  const id = newId()
  await insertHandoverNote(ctx.tx, {
    id,
    schedule: schedule.id,
    author: ctx.actor.id,
    name: ctx.actor.name,
    body,
    at: ctx.now,
  })
  const event = ctx.record({
    type: 'on-call.note-written',
    subject: { kind: 'on_call', id: schedule.id },
    after: { note: id },
  })
  const { now, next } = (await standingsAt(ctx.tx, [schedule], nowSeconds(ctx))).get(schedule.id)!
  const reader = now?.person != null && now.person !== ctx.actor.person ? now.person : (next?.person ?? null)
  if (reader !== null)
    await insertNotices(ctx.tx, [
      {
        person: reader,
        kind: 'on-call.note',
        code: 'on-call.notice.note',
        params: { by: ctx.actor.name, schedule: schedule.name },
        subject: null,
        cause: `event:${event}`,
        at: ctx.now,
      },
    ])
  return shownNote((await noteById(ctx.tx, schedule.id, id))!)
}

export async function readNote(
  ctx: Ctx,
  input: Input<typeof onCall.readNote>,
): Promise<Output<typeof onCall.readNote>> {
  const schedule = await known(ctx, input.id)
  refuse(whyNotShift(standing(ctx, schedule)))
  if ((await noteById(ctx.tx, schedule.id, input.note)) === undefined) throw notFound('note')
  if (await saveReading(ctx.tx, input.note, ctx.actor.id, ctx.actor.name))
    ctx.record({
      type: 'on-call.note-read',
      subject: { kind: 'on_call', id: schedule.id },
      after: { note: input.note },
    })
  else ctx.unchanged()
  return shownNote((await noteById(ctx.tx, schedule.id, input.note))!)
}
