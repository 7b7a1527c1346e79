import { serialKey } from '../../assets/rules/serial.ts'
import { factFields, type FactField, isSameValue } from '../../discovery/rules/trust.ts'
import type { Facts, Found } from './facts.ts'

/** The serial number that agents say is borne by another asset than the device is. */
export function doubleSerial({ asset, device, now }: Facts): Found | null {
  const bearer = device?.bearer ?? null
  if (device === null || bearer === null || bearer.id === asset?.id) return null
  if (asset === null && (device.state !== 'waiting' || !bearer.isSeen)) return null
  return {
    kind: 'double_serial',
    detail: '',
    since: now,
    register: { other: bearer.tag, tag: asset?.tag ?? null },
    seen: { serial: bearer.serial, name: device.name, isSeen: bearer.isSeen },
    remedy: asset !== null && !bearer.isSeen ? 'relink' : null,
    remedyWith: { asset: bearer.id, tag: bearer.tag, from: asset?.id ?? '' },
    otherAsset: bearer.id,
  }
}

const firstLabel = (name: string): string => name.split('.')[0]!
const isSame: Record<FactField, (one: string, other: string) => boolean> = {
  name: (one, other) => isSameValue(firstLabel(one), firstLabel(other)),
  serial: (one, other) => serialKey(one) === serialKey(other),
  model: isSameValue,
}

/** What stands in the register is another name, serial number or model than the source that looks deepest says. */
export function contested(facts: Facts): Found[] {
  const { asset, device, now } = facts
  if (asset === null || device === null || asset.state === 'disposed') return []
  const current: Record<FactField, string> = { name: asset.name, serial: asset.serial ?? '', model: asset.model }
  return factFields.flatMap((field) => {
    if (field === 'serial' && device.bearer !== null) return []
    const said = facts.facts.filter((fact) => fact.field === field)
    const fact = said.find((one) => one.source === 'agent') ?? said[0]
    const stands = current[field].trim()
    if (fact === undefined || stands === '' || isSame[field](fact.value, stands)) return []
    return [
      {
        kind: 'contested' as const,
        detail: field,
        since: now,
        register: { field, value: stands },
        seen: { field, value: fact.value, source: fact.source },
        remedy: 'accept' as const,
        remedyWith: { field, value: fact.value, was: stands },
      },
    ]
  })
}
