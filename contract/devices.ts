import { z } from 'zod'
import { basedOn, command, id, instant, line, listOf, page, query, queryBoolean, refusals } from './action.ts'
import { assetKey, assetTag } from './assets.ts'
import { assetRef, deviceState, seenBy } from './discovery.ts'

export const deviceKind = z.enum(['computer', 'phone', 'network', 'printer', 'other'])

/** What was seen on the network, by however many agents. */
export const device = z.object({
  id,
  version: z.int(),
  kind: deviceKind,
  name: z.string(),
  serial: z.string().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  os: z.string().nullable(),
  address: z.string().nullable(),
  state: deviceState,
  asset: assetRef.nullable(),
  agents: z.int(),
  /** Pairs with it that nobody has decided. */
  doubts: z.int(),
  firstSeenAt: instant,
  lastSeenAt: instant.nullable(),
  refusals,
})
export type Device = z.output<typeof device>

export const devices = {
  list: query({
    name: 'devices.list',
    path: '/devices',
    permission: 'discovery.read',
    summary: 'Devices as seen on the network; with `state=waiting`, those that nobody has said anything about.',
    input: z.object({ q: z.string().max(200).optional(), state: deviceState.optional(), ...page }),
    output: listOf(device),
  }),
  show: query({
    name: 'devices.show',
    path: '/devices/{id}',
    permission: 'discovery.read',
    summary: 'One device with everything each of its agents sees.',
    input: z.object({ id }),
    output: device.extend({ seen: z.array(seenBy) }),
  }),
  register: command({
    name: 'devices.register',
    method: 'POST',
    path: '/devices/{id}/register',
    permission: 'discovery.manage',
    summary: 'Make a device an asset, with what is seen of it; model and maker are found or made.',
    input: z.object({
      id,
      version: basedOn,
      name: line(120).optional(),
      model: id.optional(),
      category: id.optional(),
      location: id.optional(),
      tag: assetTag.optional(),
    }),
    output: device,
  }),
  link: command({
    name: 'devices.link',
    method: 'POST',
    path: '/devices/{id}/link',
    permission: 'discovery.manage',
    summary: 'Say which asset a device is.',
    input: z.object({ id, version: basedOn, asset: assetKey }),
    output: device,
  }),
  ignore: command({
    name: 'devices.ignore',
    method: 'POST',
    path: '/devices/{id}/ignore',
    permission: 'discovery.manage',
    summary: 'Say that a device is not ours: it no longer waits.',
    input: z.object({ id, version: basedOn }),
    output: device,
  }),
  wait: command({
    name: 'devices.wait',
    method: 'POST',
    path: '/devices/{id}/wait',
    permission: 'discovery.manage',
    summary: 'Put a device back among those that wait: it was ignored, or taken for the wrong asset.',
    input: z.object({ id, version: basedOn }),
    output: device,
  }),
}

export const pairReason = z.enum([
  'same-serial',
  'same-uuid',
  'same-macs',
  'some-macs',
  'same-agent',
  'other-serial',
  'other-uuid',
  'other-macs',
])
export const devicePair = z.object({
  id,
  one: device,
  other: device,
  reasons: z.array(pairReason),
  state: z.enum(['open', 'same', 'different']),
  foundAt: instant,
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  refusals,
})
export type DevicePair = z.output<typeof devicePair>

export const devicePairs = {
  list: query({
    name: 'device-pairs.list',
    path: '/device-pairs',
    permission: 'discovery.read',
    summary: 'Devices that may be one: those still open, or those decided.',
    input: z.object({ decided: queryBoolean.default(false), ...page }),
    output: listOf(devicePair),
  }),
  show: query({
    name: 'device-pairs.show',
    path: '/device-pairs/{id}',
    permission: 'discovery.read',
    summary: 'Two devices side by side with everything that is seen of them.',
    input: z.object({ id }),
    output: devicePair.extend({ seenOfOne: z.array(seenBy), seenOfOther: z.array(seenBy) }),
  }),
  decide: command({
    name: 'device-pairs.decide',
    method: 'POST',
    path: '/device-pairs/{id}/decide',
    permission: 'discovery.manage',
    summary: 'Say that two devices are the same, or that they are not. It can be taken back.',
    input: z.object({ id, same: z.boolean() }),
    output: devicePair,
  }),
  undo: command({
    name: 'device-pairs.undo',
    method: 'POST',
    path: '/device-pairs/{id}/undo',
    permission: 'discovery.manage',
    summary: 'Take a decision back: two devices again, each with what it had.',
    input: z.object({ id }),
    output: devicePair,
  }),
}

/** A field of an asset: what stands there, who said so and when, and what every source says. */
export const assetFact = z.object({
  field: z.enum(['name', 'serial', 'model']),
  current: z.string(),
  origin: z
    .object({
      source: z.enum(['agent', 'scan', 'export', 'person']),
      by: z.string().nullable(),
      at: instant.nullable(),
    })
    .nullable(),
  said: z.array(
    z.object({
      source: z.enum(['agent', 'scan', 'export']),
      by: z.string().nullable(),
      value: z.string(),
      at: instant,
      isSame: z.boolean(),
    }),
  ),
})
export type AssetFact = z.output<typeof assetFact>

export const assetSeen = {
  show: query({
    name: 'asset-seen.show',
    path: '/assets/{id}/seen',
    permission: 'assets.read',
    summary: 'An asset as its agents see it, and where the values of its record come from.',
    input: z.object({ id: assetKey }),
    output: z.object({ device: device.nullable(), seen: z.array(seenBy), facts: z.array(assetFact) }),
  }),
}
