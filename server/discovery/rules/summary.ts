import type { Sections } from '../../../contract/inventories.ts'
import type { Dialect } from './media-types.ts'
import type { DeviceKind } from './read-report.ts'
import { cut } from '../../platform/rules/storable-text.ts'
import { mostOfKey } from './values.ts'

/** What a device is called and said to be. */
export interface Summary {
  kind: DeviceKind
  name: string
  serial: string | null
  manufacturer: string | null
  model: string | null
  os: string | null
  address: string | null
}

const isOwn = (address: string): boolean =>
  address.includes('.') && !address.startsWith('127.') && !address.startsWith('169.254.')

export function summaryOf(kind: DeviceKind, sections: Sections): Summary {
  const bios = sections.bios?.[0]
  const device = sections.networkDevice?.[0]
  const os = sections.operatingSystem?.[0]
  const addresses = [
    ...(sections.network ?? []).filter((one) => one.virtual !== true).flatMap((one) => one.addresses),
    ...(device?.addresses ?? []),
  ]
  const serial = bios?.serial ?? device?.serial ?? null
  return {
    kind,
    name: cut(sections.hardware?.[0]?.name ?? device?.name ?? '', mostOfKey),
    serial: serial === null ? null : cut(serial, mostOfKey),
    manufacturer: bios?.manufacturer ?? device?.manufacturer ?? null,
    model: bios?.model ?? device?.model ?? null,
    os: os?.fullName ?? ([os?.name, os?.version].filter((part) => part != null).join(' ') || null),
    address: addresses.find(isOwn) ?? addresses.find((one) => !one.startsWith('127.') && one !== '::1') ?? null,
  }
}

const ranks: Record<Dialect, number> = {
  glpi: 4,
  fusioninventory: 3,
  ocs: 2,
  snmp: 2,
  other: 1,
  // they tell what they were told
  intune: 0,
  jamf: 0,
  sccm: 0,
  lansweeper: 0,
  entra: -1,
}

/** One summary of what two agents say: whose program looks deeper is believed, the other fills what it left open. */
export function joinSummaries(was: Summary, by: readonly Dialect[], is: Summary, speaker: Dialect): Summary {
  const isTrusted = by.every((other) => ranks[other] <= ranks[speaker])
  const [first, second] = isTrusted ? [is, was] : [was, is]
  return {
    kind: first.kind === 'other' ? second.kind : first.kind,
    name: first.name === '' ? second.name : first.name,
    serial: first.serial ?? second.serial,
    manufacturer: first.manufacturer ?? second.manufacturer,
    model: first.model ?? second.model,
    os: first.os ?? second.os,
    address: first.address ?? second.address,
  }
}
