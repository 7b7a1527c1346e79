import type { Facts, Found } from './facts.ts'

const isComputer = ({ asset, device }: Facts): boolean =>
  asset !== null && asset.state === 'deployed' && device?.kind === 'computer'

/** An agent says that nothing protects the machine, or what does is off or out of date. Where it says nothing, nothing is claimed. */
export function unprotected(facts: Facts): Found | null {
  const { device, now } = facts
  if (!isComputer(facts) || device === null || device.antivirus.length === 0) return null
  const all = device.antivirus.flat()
  const running = all.filter((one) => one.enabled === true)
  if (running.some((one) => one.upToDate !== false)) return null
  if (running.length === 0 && all.some((one) => one.enabled === null)) return null
  const what = running.length > 0 ? 'outdated' : all.length > 0 ? 'off' : 'none'
  const names = [...new Set((running.length > 0 ? running : all).map((one) => one.name ?? '?'))].toSorted().join(', ')
  return { kind: 'unprotected', detail: '', since: now, register: {}, seen: { what, names }, remedy: null }
}

type Word = 'yes' | 'no' | 'partially' | null
const wordOf = (text: string | null): Word => {
  const plain = text?.trim().toLowerCase() ?? ''
  if (/^(?:yes|true|1|encrypted|fully encrypted)$/.test(plain)) return 'yes'
  if (/^(?:no|false|0|unencrypted|not encrypted|fully decrypted)$/.test(plain)) return 'no'
  return plain.startsWith('partial') ? 'partially' : null
}
const isSystem = (mount: string | null): boolean => mount !== null && /^(?:c:?[\\/]?|\/)$/i.test(mount.trim())

/** An agent says that the volume the system lies on, or each of the disks, is not encrypted. Where it says nothing, nothing is claimed. */
export function unencrypted(facts: Facts): Found | null {
  const { device, now } = facts
  if (!isComputer(facts) || device === null) return null
  const system = device.volumes.flat().filter((one) => isSystem(one.mount))
  const said = system.map((one) => wordOf(one.encrypted)).filter((word) => word !== null)
  const disks = device.disks.flat().map((one) => wordOf(one.encrypted))
  const words = said.length > 0 ? said : disks.includes(null) ? [] : disks.filter((word) => word !== null)
  if (words.length === 0 || words.includes('yes')) return null
  return {
    kind: 'unencrypted',
    detail: '',
    since: now,
    register: {},
    seen: {
      what: words.includes('partially') ? 'partially' : 'no',
      where: said.length > 0 ? (system[0]?.mount ?? '') : '',
    },
    remedy: null,
  }
}
