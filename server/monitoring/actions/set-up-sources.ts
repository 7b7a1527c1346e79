import type { Input, Output } from '../../../contract/action.ts'
import type { alertSources } from '../../../contract/monitoring.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, Problem, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { hashOf, newId, newSecret } from '../../platform/identifiers.ts'
import { queueGiven } from '../../tickets/public.ts'
import { editedColumns } from '../edited-columns.ts'
import { usual } from '../ensure-source.ts'
import { keyMark } from '../mount-alerts.ts'
import { readBody } from '../read-body.ts'
import {
  insertSource,
  lockedSource,
  saveSource,
  setKey,
  shownSource,
  sourceById,
  type SourceColumns,
  sourcePage,
} from '../sources-store.ts'

export async function listSources(
  ctx: Ctx,
  input: Input<typeof alertSources.list>,
): Promise<Output<typeof alertSources.list>> {
  const { rows, next } = await sourcePage(ctx.tx, ctx.actor.organisation, input.limit, input.after)
  return { items: rows.map(shownSource), next }
}

export async function showSource(ctx: Ctx, input: { id: string }): Promise<Output<typeof alertSources.show>> {
  const found = await sourceById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('alert source')
  return shownSource(found)
}

const field = {
  name: 'name',
  way: 'way',
  mapping: 'mapping',
  queue: 'queue_id',
  active: 'active',
  opensFrom: 'opens_from',
  oneTicketFor: 'one_ticket_for',
  holdSeconds: 'hold_seconds',
  quietSeconds: 'quiet_seconds',
  flapChanges: 'flap_changes',
  flapSeconds: 'flap_seconds',
  resolves: 'resolves',
} as const satisfies Record<string, keyof SourceColumns>

/** 400 for a queue that is not there, or a mapping that is missing; one that nothing reads by is dropped. */
async function sound(ctx: Ctx, columns: SourceColumns): Promise<SourceColumns> {
  if ((await queueGiven(ctx.tx, ctx.actor.organisation, columns.queue_id)) === undefined)
    throw invalid('queue', 'tickets.no-queue', { queue: columns.queue_id })
  if (columns.way === 'mapped' && columns.mapping === null) throw invalid('mapping', 'monitoring.mapping-needed')
  return columns.way === 'mapped' ? columns : { ...columns, mapping: null }
}

async function newKeyOf(ctx: Ctx, id: string) {
  const secret = `${keyMark}${newSecret()}`
  await setKey(ctx.tx, id, { hash: hashOf(secret), prefix: secret.slice(0, 9) })
  return { record: await showSource(ctx, { id }), secret }
}

export async function createSource(
  ctx: Ctx,
  input: Input<typeof alertSources.create>,
): Promise<Output<typeof alertSources.create>> {
  const id = newId()
  const { after } = editedColumns<SourceColumns>(field, { ...usual, name: '', way: 'mapped', queue_id: '' }, input)
  const columns = await sound(ctx, after)
  if (!(await insertSource(ctx.tx, { ...columns, id, organisation_id: ctx.actor.organisation, slug: input.slug })))
    throw new Problem(409, 'monitoring.slug-taken', { slug: input.slug })
  ctx.record({
    type: 'alert-source.created',
    subject: { kind: 'alert-source', id },
    after: { name: columns.name, way: columns.way },
  })
  return newKeyOf(ctx, id)
}

export async function editSource(
  ctx: Ctx,
  input: Input<typeof alertSources.edit>,
): Promise<Output<typeof alertSources.edit>> {
  const before = await lockedSource(ctx.tx, ctx.actor.organisation, input.id)
  if (before === undefined) throw notFound('alert source')
  if (input.version !== undefined && input.version !== before.version) throw stale(await showSource(ctx, input), input)
  // heartbeats and checks of our own are read by nobody
  const given = before.way === 'own' ? { ...input, way: undefined, mapping: undefined } : input
  const { was, after: asked } = editedColumns<SourceColumns>(field, before, given)
  const after = await sound(ctx, asked)
  const change = changes({ ...was }, { ...after })
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await saveSource(ctx.tx, before.id, after)
    ctx.record({ type: 'alert-source.changed', subject: { kind: 'alert-source', id: before.id }, ...change })
  }
  return showSource(ctx, input)
}

export async function makeKey(ctx: Ctx, input: { id: string }): Promise<Output<typeof alertSources.newKey>> {
  const source = await lockedSource(ctx.tx, ctx.actor.organisation, input.id)
  if (source === undefined) throw notFound('alert source')
  if (source.way === 'own') throw new Problem(409, 'monitoring.own-has-no-key')
  ctx.record({ type: 'alert-source.key-made', subject: { kind: 'alert-source', id: source.id } })
  return newKeyOf(ctx, source.id)
}

/** What would be read from a message that somebody pasted; nothing is stored. */
export async function explain(
  _ctx: Ctx,
  input: Input<typeof alertSources.explain>,
): Promise<Output<typeof alertSources.explain>> {
  const mediaType = /^\s*[[{]/.test(input.body) ? 'application/json' : 'application/x-www-form-urlencoded'
  const read = readBody(input, { media_type: mediaType, body: Buffer.from(input.body) })
  const said = ({ code, params = {} }: { code: string; params?: Record<string, unknown> }) => ({
    code,
    sentence: sentence(code, params),
  })
  return Promise.resolve(
    'code' in read ? { alerts: [], left: [said(read)] } : { alerts: read.alerts, left: read.left.map(said) },
  )
}
