import { isAfter } from '../../contract/instants.ts'
import type { Ctx } from '../platform/ctx.ts'
import { sentence } from '../platform/catalogue.ts'
import { addNote, anyTicket, linkItem, openTicket, reopenTicket, resolveTicket } from '../tickets/public.ts'
import { holdDevice, othersFire, saveAct, type StoredAlert, ticketOfDevice } from './alerts-store.ts'
import { nextAct } from './next-act.ts'
import { impactAndUrgency } from './rules/severity-words.ts'
import { type StoredSource } from './sources-store.ts'
import { escapedText } from '../platform/rules/escaped-text.ts'

/** What the alert says, as the words of a ticket. */
function wordsOf(alert: StoredAlert, source: StoredSource): string {
  const lines = [
    [sentence('monitoring.words.source'), source.name],
    [sentence('monitoring.words.host'), alert.host],
    ...Object.entries(alert.labels).slice(0, 30),
  ].flatMap(([name, value]) => (value == null ? [] : [`<li>${escapedText(name!)}: ${escapedText(value)}</li>`]))
  const link = alert.link === null ? '' : `<p><a href="${escapedText(alert.link)}">${escapedText(alert.link)}</a></p>`
  const text = alert.text === '' ? '' : `<p>${escapedText(alert.text).replaceAll('\n', '<br />')}</p>`
  return `${text}<ul>${lines.join('')}</ul>${link}`
}

/**
 * Does with the ticket of a held alert what is due. What a person's settings or rights of the ticket refuse is left to people: the alert says that it fires,
 * the ticket stays as it is.
 */
export async function actOnTicket(ctx: Ctx, source: StoredSource, alert: StoredAlert): Promise<void> {
  const due = nextAct(alert, source)
  if (due === null || isAfter(due.at, ctx.now))
    return void (await saveAct(ctx.tx, alert.id, { act_at: due?.at ?? null }))
  let ticket = alert.goes_on_in
  const refused = await ctx.attempt(async () => {
    if (due.act === 'resolve') {
      // of two that are over at once the second sees that the first is
      await anyTicket(ctx.tx, ticket!)
      // the ticket into which its own was merged is about more than the alert
      if (ticket !== alert.ticket_id || (await othersFire(ctx.tx, ticket!, alert.id)))
        await note(ctx, ticket!, sentence('monitoring.words.one-over', { title: alert.title }))
      else
        await resolveTicket(ctx, {
          id: ticket!,
          resolution: `<p>${escapedText(sentence('monitoring.words.over', { source: source.name, overAt: alert.status_since }))}</p>`,
        })
      return
    }
    if (due.act === 'reopen') {
      const before = await ctx.attempt(async () => {
        await reopenTicket(ctx, { id: ticket!, reason: sentence('monitoring.words.again', { source: source.name }) })
      })
      if (before === null) return
    }
    ticket = await openOrJoin(ctx, source, alert)
  })
  if (refused !== null)
    ctx.log.info({ alert: alert.id, code: refused.code }, 'the ticket of an alert is left to people')
  await saveAct(ctx.tx, alert.id, {
    act_at: null,
    acted_at: ctx.now,
    ...(refused === null && ticket !== null && ticket !== alert.goes_on_in ? { ticket_id: ticket } : {}),
  })
}

const note = (ctx: Ctx, ticket: string, words: string) =>
  addNote(ctx, { id: ticket, public: false, body: `<p>${escapedText(words)}</p>`, attachments: [] })

/** A ticket of its own; or, as the source is set, a note in the open one about the same device. */
async function openOrJoin(ctx: Ctx, source: StoredSource, alert: StoredAlert): Promise<string> {
  if (source.one_ticket_for === 'device') {
    await holdDevice(ctx.tx, alert)
    const joined = await ticketOfDevice(ctx.tx, alert)
    if (joined !== undefined) {
      await note(ctx, joined, sentence('monitoring.words.joined', { title: alert.title }))
      return joined
    }
  }
  const opened = await openTicket(ctx, {
    title: alert.title,
    description: wordsOf(alert, source),
    kind: 'incident',
    queue: source.queue_id,
    ...impactAndUrgency[alert.severity],
    confidential: false,
    attachments: [],
    assets: [],
  })
  if (alert.asset_id !== null) await linkDevice(ctx, opened.id, alert.asset_id)
  return opened.id
}

/** A device that cannot be linked any more does not keep the ticket from being opened. */
export async function linkDevice(ctx: Ctx, ticket: string, asset: string): Promise<void> {
  const refused = await ctx.attempt(async () => {
    await linkItem(ctx, { id: ticket, kind: 'asset', item: asset, task: 'affected' })
  })
  if (refused !== null) ctx.log.info({ ticket, code: refused.code }, 'the device of an alert was not linked')
}
