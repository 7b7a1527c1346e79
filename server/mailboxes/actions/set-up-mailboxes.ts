import type { Input, Output } from '../../../contract/action.ts'
import {
  type Mailbox,
  mailboxConnection,
  mailLimits,
  type mailboxes,
  type MailboxSecrets,
  templateNames,
} from '../../../contract/mailboxes.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { hashOf, newId, newSecret } from '../../platform/identifiers.ts'
import { allQueues } from '../../tickets/public.ts'
import {
  insertMailbox,
  type MailboxColumns,
  mailboxById,
  mailboxPage,
  setAddresses,
  setKey,
  type StoredMailbox,
  updateMailbox,
} from '../mailboxes-store.ts'
import { keyMark } from '../mount-gateway.ts'
import { checkTemplate, checkTemplates, sampleOf, variables } from '../rules/fill-template.ts'
import { opened, sealed } from '../secrets.ts'
import { usualTemplate } from '../usual-templates.ts'

const row = (m: StoredMailbox, zone: string) => ({
  id: m.id,
  version: m.version,
  name: m.name,
  kind: m.kind,
  addresses: m.addresses,
  queue: { id: m.queue_id, name: m.queue_name },
  active: m.active,
  problem: m.problem === null ? null : sentence(m.problem.code, m.problem.params ?? {}, zone),
  problemAt: m.problem_at,
  checkedAt: m.checked_at,
  lastMailAt: m.last_mail_at,
  refusals: {},
})

/** The acts and questions of the pages of mailboxes. `secret` seals what must come back: passwords, tokens. */
export function mailboxActions(secret: Buffer) {
  const whole = (m: StoredMailbox, zone: string): Mailbox => ({
    ...row(m, zone),
    confidential: m.confidential,
    unknownSenders: m.unknown_senders,
    outsiders: m.outsiders,
    closedTickets: m.closed_tickets,
    acknowledge: m.acknowledge,
    taggedReplies: m.tagged_replies,
    mostBytes: m.most_bytes,
    authservId: m.authserv_id,
    limits: m.limits,
    templates: m.templates,
    connection: m.connection,
    secrets: Object.keys(opened(secret, m.id, m.secrets)) as Mailbox['secrets'],
    keyPrefix: m.key_prefix,
  })
  const found = async (ctx: Ctx, id: string, lock = false): Promise<StoredMailbox> => {
    const mailbox = await mailboxById(ctx.tx, ctx.actor.organisation, id, lock)
    if (mailbox === undefined) throw notFound('mailbox')
    return mailbox
  }
  const reread = async (ctx: Ctx, id: string) => whole(await found(ctx, id), ctx.actor.zone)

  /** What of it can be wrong beyond its form. */
  async function demand(ctx: Ctx, id: string, columns: MailboxColumns, addresses: readonly string[]): Promise<void> {
    if (!(await allQueues(ctx.tx, ctx.actor.organisation, true)).some((queue) => queue.id === columns.queue_id))
      throw invalid('queue', 'mailboxes.no-queue')
    if (columns.kind === 'imap' && columns.connection === null)
      throw invalid('connection', 'mailboxes.needs-connection')
    const wrong = checkTemplates(columns.templates)
    if (wrong !== null) throw invalid(`templates.${wrong.at}`, wrong.code, wrong.params)
    const tagged = addresses.find((one) => one.split('@')[0]!.includes('+'))
    if (tagged !== undefined) throw invalid('addresses', 'mailboxes.plus-address', { address: tagged })
    void id
  }

  async function save(ctx: Ctx, id: string, addresses: readonly string[]): Promise<void> {
    const taken = await setAddresses(ctx.tx, ctx.actor.organisation, id, addresses)
    if (taken !== null) throw invalid('addresses', 'mailboxes.address-taken', { address: taken })
  }

  async function create(ctx: Ctx, input: Input<typeof mailboxes.create>): Promise<Output<typeof mailboxes.create>> {
    const id = newId()
    const columns: MailboxColumns = {
      name: input.name,
      kind: input.kind,
      active: input.active ?? true,
      queue_id: input.queue,
      confidential: input.confidential ?? false,
      unknown_senders: input.unknownSenders ?? 'create',
      outsiders: input.outsiders ?? 'note',
      closed_tickets: input.closedTickets ?? 'reopen',
      acknowledge: input.acknowledge ?? true,
      tagged_replies: input.taggedReplies ?? true,
      most_bytes: input.mostBytes ?? 25 * 1024 * 1024,
      authserv_id: input.authservId ?? null,
      limits: input.limits ?? mailLimits.parse({}),
      templates: input.templates ?? {},
      connection: input.connection == null ? null : mailboxConnection.parse(input.connection),
      secrets: input.secrets === undefined ? null : sealed(secret, id, input.secrets),
    }
    await demand(ctx, id, columns, input.addresses)
    await insertMailbox(ctx.tx, id, ctx.actor.organisation, columns)
    await save(ctx, id, input.addresses)
    ctx.record({
      type: 'mailbox.created',
      subject: { kind: 'mailbox', id },
      after: { ...told(columns), addresses: input.addresses },
    })
    return reread(ctx, id)
  }

  async function edit(ctx: Ctx, input: Input<typeof mailboxes.edit>): Promise<Output<typeof mailboxes.edit>> {
    const before = await found(ctx, input.id, true)
    if (input.version !== undefined && input.version !== before.version)
      throw stale(whole(before, ctx.actor.zone), input)
    const was = columnsOf(before)
    const kept = opened(secret, before.id, before.secrets)
    const secrets = input.secrets === undefined ? kept : merged(kept, input.secrets)
    const after: MailboxColumns = {
      ...was,
      name: input.name ?? was.name,
      active: input.active ?? was.active,
      queue_id: input.queue ?? was.queue_id,
      confidential: input.confidential ?? was.confidential,
      unknown_senders: input.unknownSenders ?? was.unknown_senders,
      outsiders: input.outsiders ?? was.outsiders,
      closed_tickets: input.closedTickets ?? was.closed_tickets,
      acknowledge: input.acknowledge ?? was.acknowledge,
      tagged_replies: input.taggedReplies ?? was.tagged_replies,
      most_bytes: input.mostBytes ?? was.most_bytes,
      authserv_id: input.authservId === undefined ? was.authserv_id : input.authservId,
      limits: input.limits ?? was.limits,
      templates: input.templates ?? was.templates,
      connection: input.connection === undefined ? was.connection : input.connection,
      secrets: JSON.stringify(secrets) === JSON.stringify(kept) ? was.secrets : sealed(secret, before.id, secrets),
    }
    const addresses = input.addresses ?? before.addresses
    await demand(ctx, before.id, after, addresses)
    const change = changes({ ...told(was), addresses: before.addresses }, { ...told(after), addresses })
    const isNewSecret = after.secrets !== was.secrets
    if (Object.keys(change.after).length === 0 && !isNewSecret) ctx.unchanged()
    else {
      await updateMailbox(ctx.tx, before.id, after)
      await save(ctx, before.id, addresses)
      ctx.record({
        type: 'mailbox.changed',
        subject: { kind: 'mailbox', id: before.id },
        before: change.before,
        after: { ...change.after, ...(isNewSecret ? { secrets: Object.keys(secrets) } : {}) },
      })
    }
    return reread(ctx, before.id)
  }

  async function makeKey(ctx: Ctx, input: Input<typeof mailboxes.makeKey>): Promise<Output<typeof mailboxes.makeKey>> {
    const mailbox = await found(ctx, input.id, true)
    const key = `${keyMark}${newSecret()}`
    await setKey(ctx.tx, mailbox.id, { hash: hashOf(key), prefix: key.slice(0, 9) })
    ctx.record({
      type: 'mailbox.key-made',
      subject: { kind: 'mailbox', id: mailbox.id },
      after: { name: mailbox.name },
    })
    return { mailbox: await reread(ctx, mailbox.id), key }
  }

  return {
    async list(ctx: Ctx, input: Input<typeof mailboxes.list>): Promise<Output<typeof mailboxes.list>> {
      const { rows, next } = await mailboxPage(ctx.tx, ctx.actor.organisation, input.limit, input.after)
      return { items: rows.map((m) => row(m, ctx.actor.zone)), next }
    },
    show: (ctx: Ctx, input: Input<typeof mailboxes.show>): Promise<Output<typeof mailboxes.show>> =>
      reread(ctx, input.id),
    create,
    edit,
    makeKey,
    templates: (): Promise<Output<typeof mailboxes.templates>> =>
      Promise.resolve({
        items: templateNames.map((name) => ({ name, ...usualTemplate(name), variables: [...variables[name]] })),
      }),
    preview(ctx: Ctx, input: Input<typeof mailboxes.preview>): Promise<Output<typeof mailboxes.preview>> {
      const wrong = checkTemplate(input.template, input)
      if (wrong !== null) throw invalid(wrong.at, wrong.code, wrong.params)
      return Promise.resolve(sampleOf(input, ctx.actor.name))
    },
  }
}

/** A secret given as an empty text is forgotten. */
const merged = (kept: MailboxSecrets, given: MailboxSecrets): MailboxSecrets =>
  Object.fromEntries(Object.entries({ ...kept, ...given }).filter(([, value]) => value !== '' && value !== undefined))

/** What the log may know of a mailbox. */
const told = ({ secrets: _secrets, templates, ...columns }: MailboxColumns) => ({
  ...columns,
  templates: Object.keys(templates),
  words: templates,
})

const columnsOf = (m: StoredMailbox): MailboxColumns => ({
  name: m.name,
  kind: m.kind,
  active: m.active,
  queue_id: m.queue_id,
  confidential: m.confidential,
  unknown_senders: m.unknown_senders,
  outsiders: m.outsiders,
  closed_tickets: m.closed_tickets,
  acknowledge: m.acknowledge,
  tagged_replies: m.tagged_replies,
  most_bytes: m.most_bytes,
  authserv_id: m.authserv_id,
  limits: m.limits,
  templates: m.templates,
  connection: m.connection,
  secrets: m.secrets,
})
