import { z } from 'zod'
import { basedOn, command, id, instant, line, query } from './action.ts'

/** What can be posted into a shared channel: notices that are addressed to nobody in person. */
export const channelTopics = ['promises', 'escalations', 'conversation', 'outcomes'] as const
const channelTopic = z.enum(channelTopics)
export type ChannelTopic = z.output<typeof channelTopic>

export const chatKinds = ['slack', 'teams'] as const
const chatKind = z.enum(chatKinds)
export type ChatKind = z.output<typeof chatKind>
const ownerKind = z.enum(['person', 'team', 'organisation'])

export const chatChannel = z.object({
  id,
  version: z.int(),
  name: z.string(),
  kind: chatKind,
  owner: z.object({ kind: ownerKind, id: id.nullable(), name: z.string() }),
  /** Of the address only the host is ever shown. */
  host: z.string(),
  topics: z.array(channelTopic),
  inWorkingHours: z.boolean(),
  active: z.boolean(),
  lastOkAt: instant.nullable(),
  /** Why the latest message was not taken, in words. */
  problem: z.string().nullable(),
})
export type ChatChannel = z.output<typeof chatChannel>

const address = z.string().trim().min(1).max(2000)
const fields = {
  name: line(80),
  topics: z.array(channelTopic).max(channelTopics.length),
  inWorkingHours: z.boolean(),
}

export const chatChannels = {
  list: query({
    name: 'chat-channels.list',
    path: '/chat-channels',
    permission: 'signed-in',
    summary: "The reader's own chat channels; with `shared`, those of teams and of the organisation.",
    input: z.object({ shared: z.union([z.boolean(), z.stringbool()]).optional() }),
    output: z.object({ items: z.array(chatChannel) }),
  }),
  create: command({
    name: 'chat-channels.create',
    method: 'POST',
    path: '/chat-channels',
    permission: 'signed-in',
    summary: 'Add an incoming webhook of Slack or Microsoft Teams: one’s own, or for whoever keeps them a shared one.',
    input: z.object({
      kind: chatKind,
      address,
      owner: z.object({ kind: ownerKind, id: id.optional() }),
      name: fields.name,
      topics: fields.topics.optional(),
      inWorkingHours: fields.inWorkingHours.optional(),
    }),
    output: chatChannel,
  }),
  edit: command({
    name: 'chat-channels.edit',
    method: 'PATCH',
    path: '/chat-channels/{id}',
    permission: 'signed-in',
    summary: 'Change a chat channel; a new address replaces the old one.',
    input: z
      .object({ ...fields, active: z.boolean(), address })
      .partial()
      .extend({ id, version: basedOn }),
    output: chatChannel,
  }),
  test: command({
    name: 'chat-channels.test',
    method: 'POST',
    path: '/chat-channels/{id}/test',
    permission: 'signed-in',
    summary: 'Post a message that says that the channel works.',
    input: z.object({ id }),
    output: chatChannel,
  }),
  remove: command({
    name: 'chat-channels.remove',
    method: 'DELETE',
    path: '/chat-channels/{id}',
    permission: 'signed-in',
    summary: 'Remove a chat channel.',
    input: z.object({ id }),
    output: z.object({ id }),
  }),
}

export const escalation = {
  show: query({
    name: 'escalation.show',
    path: '/escalation',
    permission: 'mail.manage',
    summary: 'After how much working time the next in line hear that nobody acted.',
    input: z.object({}),
    output: z.object({ afterSeconds: z.int().nullable() }),
  }),
  save: command({
    name: 'escalation.save',
    method: 'PUT',
    path: '/escalation',
    permission: 'mail.manage',
    summary: 'Change it; null: never.',
    input: z.object({
      afterSeconds: z
        .int()
        .min(300)
        .max(30 * 86_400)
        .nullable(),
    }),
    output: z.object({ afterSeconds: z.int().nullable() }),
  }),
}
