import type { Input, Output } from '../../../contract/action.ts'
import type { ChatChannel, chatChannels } from '../../../contract/chat-channels.ts'
import { may } from '../../../contract/permissions.ts'
import { sentence } from '../../platform/catalogue.ts'
import { type Ctx, demand } from '../../platform/ctx.ts'
import { forbidden, invalid, notFound, Problem, stale } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Platform } from '../../platform/platform.ts'
import {
  channelById,
  deleteChannel,
  insertChannel,
  isTeam,
  noteAnswer,
  ownChannels,
  sharedChannels,
  type StoredChannel,
  updateChannel,
} from '../channels-store.ts'
import { problemWithAddress, sealedAddress } from '../chat-address.ts'
import { say } from '../chat-sender.ts'

const mostOwn = 10

/** Chat channels: everybody keeps their own; whoever keeps the mail keeps those of teams and of the organisation. */
export function chatActions(platform: Platform) {
  const { secret, outgoing, config } = platform
  return {
    async list(ctx: Ctx, input: Input<typeof chatChannels.list>): Promise<Output<typeof chatChannels.list>> {
      if (input.shared === true) {
        demand(ctx.actor, 'mail.manage')
        return { items: (await sharedChannels(ctx.tx, ctx.actor.organisation)).map(shown) }
      }
      return { items: ctx.actor.person === null ? [] : (await ownChannels(ctx.tx, ctx.actor.person)).map(shown) }
    },
    async create(ctx: Ctx, input: Input<typeof chatChannels.create>): Promise<Output<typeof chatChannels.create>> {
      const owner = await ownerOf(ctx, input.owner)
      const problem = problemWithAddress(outgoing, input.address)
      if (problem !== null) throw problem
      const id = newId()
      await insertChannel(ctx.tx, {
        id,
        organisation_id: ctx.actor.organisation,
        owner_kind: input.owner.kind,
        owner_id: owner,
        kind: input.kind,
        name: input.name,
        ...sealedAddress(secret, input.address),
        topics: input.topics ?? (input.owner.kind === 'person' ? [] : ['promises', 'escalations']),
        in_working_hours: input.inWorkingHours ?? false,
      })
      ctx.record({
        type: 'chat-channel.created',
        subject: { kind: 'chat-channel', id },
        after: { kind: input.kind, owner: input.owner.kind, name: input.name },
      })
      return now(ctx, id)
    },
    async edit(ctx: Ctx, input: Input<typeof chatChannels.edit>): Promise<Output<typeof chatChannels.edit>> {
      const before = await mine(ctx, input.id)
      if (input.version !== undefined && input.version !== before.version) throw stale(shown(before), input)
      const problem = input.address === undefined ? null : problemWithAddress(outgoing, input.address)
      if (problem !== null) throw problem
      const after = {
        id: before.id,
        name: input.name ?? before.name,
        topics: input.topics ?? before.topics,
        in_working_hours: input.inWorkingHours ?? before.in_working_hours,
        active: input.active ?? before.active,
        ...(input.address === undefined
          ? { address: before.address, host: before.host }
          : sealedAddress(secret, input.address)),
      }
      await updateChannel(ctx.tx, after)
      ctx.record({
        type: 'chat-channel.changed',
        subject: { kind: 'chat-channel', id: before.id },
        before: { name: before.name, topics: before.topics, active: before.active },
        after: {
          name: after.name,
          topics: after.topics,
          active: after.active,
          newAddress: input.address !== undefined,
        },
      })
      return now(ctx, before.id)
    },
    async test(ctx: Ctx, input: Input<typeof chatChannels.test>): Promise<Output<typeof chatChannels.test>> {
      const channel = await mine(ctx, input.id)
      const title = sentence('chat.test', { name: ctx.actor.name })
      const outcome = await say(platform, channel, title, [{ words: title, href: config.publicUrl }], 1)
      await noteAnswer(ctx.tx, channel.id, ctx.now, outcome.what === 'ok' ? null : outcome.why, false)
      ctx.record({
        type: 'chat-channel.tested',
        subject: { kind: 'chat-channel', id: channel.id },
        after: { ok: outcome.what === 'ok' },
      })
      return now(ctx, channel.id)
    },
    async remove(ctx: Ctx, input: Input<typeof chatChannels.remove>): Promise<Output<typeof chatChannels.remove>> {
      const channel = await mine(ctx, input.id)
      await deleteChannel(ctx.tx, channel.id)
      ctx.record({
        type: 'chat-channel.removed',
        subject: { kind: 'chat-channel', id: channel.id },
        before: { kind: channel.kind, owner: channel.owner_kind, name: channel.name },
      })
      return { id: channel.id }
    },
  }

  async function mine(ctx: Ctx, id: string): Promise<StoredChannel> {
    const found = await channelById(ctx.tx, ctx.actor.organisation, id, true)
    const own = found?.owner_kind === 'person' && found.owner_id === ctx.actor.person
    const shared = found !== undefined && found.owner_kind !== 'person' && may(ctx.actor.role, 'mail.manage')
    if (found === undefined || (!own && !shared)) throw notFound('channel')
    return found
  }
}

const now = async (ctx: Ctx, id: string): Promise<ChatChannel> =>
  shown((await channelById(ctx.tx, ctx.actor.organisation, id))!)

const shown = (c: StoredChannel): ChatChannel => ({
  id: c.id,
  version: c.version,
  name: c.name,
  kind: c.kind,
  owner: { kind: c.owner_kind, id: c.owner_id, name: c.owner_name },
  host: c.host,
  topics: c.topics,
  inWorkingHours: c.in_working_hours,
  active: c.active,
  lastOkAt: c.last_ok_at,
  problem: c.problem === null ? null : sentence(c.problem.code, c.problem.params ?? {}),
})

/** The id of the owner, after it was made sure that the actor may give it a channel. */
async function ownerOf(ctx: Ctx, owner: Input<typeof chatChannels.create>['owner']): Promise<string | null> {
  if (owner.kind === 'person') {
    if (ctx.actor.person === null || (owner.id !== undefined && owner.id !== ctx.actor.person))
      throw forbidden('account')
    if ((await ownChannels(ctx.tx, ctx.actor.person)).length >= mostOwn)
      throw new Problem(409, 'chat.too-many', { most: mostOwn })
    return ctx.actor.person
  }
  demand(ctx.actor, 'mail.manage')
  if (owner.kind === 'organisation') return null
  if (owner.id === undefined || !(await isTeam(ctx.tx, ctx.actor.organisation, owner.id)))
    throw invalid('owner', 'chat.no-team')
  return owner.id
}
