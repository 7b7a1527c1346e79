import type { Sections } from '../../../contract/inventories.ts'
import { tellingMacs, uuidKey } from './junk.ts'
import { cut } from '../../platform/rules/storable-text.ts'
import { mostOfKey } from './values.ts'

/** What tells a device from others, as it is compared. `agent` is the id its agent gave itself. */
export interface Identity {
  serial: string | null
  uuid: string | null
  macs: string[]
  agent: string | null
}

/** Addresses that are compared: a machine has few, and each is asked about. */
const mostMacs = 64
const short = (text: string | null): string | null => (text === null ? null : cut(text, mostOfKey))

/** `serialKey` answers a serial number as it is compared, null for one that says nothing (the register's rule). */
export function identityOf(
  sections: Sections,
  agent: string | null,
  serialKey: (serial: string | null) => string | null,
): Identity {
  const device = sections.networkDevice?.[0]
  const serial = serialKey(sections.bios?.[0]?.serial ?? null) ?? serialKey(device?.serial ?? null)
  // one device in a stack may be named by its component alone
  const component = sections.components?.find((one) => /^(?:chassis|stack)$/.test(one.kind ?? ''))?.serial ?? null
  const macs = tellingMacs([
    ...(sections.network ?? []),
    ...(device?.mac == null ? [] : [{ name: null, mac: device.mac, kind: null, model: null, virtual: null }]),
  ])
  return {
    serial: short(serial ?? serialKey(component)),
    uuid: uuidKey(sections.hardware?.[0]?.uuid),
    macs: macs.slice(0, mostMacs),
    agent: short(agent),
  }
}

/** Nothing tells it from others. */
export const isNameless = ({ serial, uuid, macs, agent }: Identity): boolean =>
  serial === null && uuid === null && macs.length === 0 && agent === null
