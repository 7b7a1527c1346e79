/** Hardware ids and network addresses that many machines bear, and so tell none from another. */
const junkUuids = new Set([
  '00020003-0004-0005-0006-000700080009',
  '03000200-0400-0500-0006-000700080009',
  '03020100-0504-0706-0809-0a0b0c0d0e0f',
  '00010203-0405-0607-0809-0a0b0c0d0e0f',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  '11111111-2222-3333-4444-555555555555',
  '10000000-0000-8000-0040-000000000000',
  '4c4c4544-0000-2010-8020-80c04f202020',
  'fefefefe-fefe-fefe-fefe-fefefefefefe',
  'feebdaed-feed-feed-feed-feedfeedfeed',
])

/**
 * A hardware id as it is compared: lower case, and of the two orders in which firmware writes its first three groups (SMBIOS 2.6, 7.2.1) the
 * smaller. Null where it is none, or one that many boards bear.
 */
export function uuidKey(text: string | null | undefined): string | null {
  const plain = text?.trim().toLowerCase().replace(/[{}]/g, '') ?? ''
  if (!/^[\da-z]{8}-(?:[\da-z]{4}-){3}[\da-z]{12}$/.test(plain)) return null
  const swapped = byteSwapped(plain)
  const digits = plain.replaceAll('-', '')
  if (new Set(digits).size <= 2 || junkUuids.has(plain) || junkUuids.has(swapped)) return null
  return plain < swapped ? plain : swapped
}

const turned = (group: string): string => group.match(/../g)!.reverse().join('')
function byteSwapped(uuid: string): string {
  const [a = '', b = '', c = '', ...rest] = uuid.split('-')
  return [turned(a), turned(b), turned(c), ...rest].join('-')
}

/** Addresses that drivers, modems and adapters bear by the thousand. */
const junkMacs = new Set([
  '00:00:00:00:00:00',
  'ff:ff:ff:ff:ff:ff',
  '00:00:00:00:00:01',
  '44:45:53:54:42:00',
  '44:45:53:54:00:00',
  '50:50:54:50:30:30',
  '33:50:6f:45:30:30',
  '20:41:53:59:4e:ff',
  '00:a0:c6:00:00:00',
  '02:80:37:ec:02:00',
  '00:1f:1f:1f:1f:1f',
  '02:00:4c:4f:4f:50',
  '02:50:f2:00:00:01',
  '00:09:0f:fe:00:01',
  '00:09:0f:aa:00:01',
  '00:05:9a:3c:78:00',
  '00:05:9a:3c:7a:00',
  '7a:79:00:00:00:00',
])
/** Of software on the host: VMware and VirtualBox host adapters, Hyper-V switches, virtual private networks. */
const hostPrefixes = ['00:50:56:c0:00', '0a:00:27', '00:ff:', '02:42:', '52:54:00:12:34']
/** Makers of docking stations and USB adapters, which wander from machine to machine. */
const wanderingPrefixes = [
  '00:50:b6',
  '00:0e:c6',
  'f8:e4:3b',
  '00:e0:4c',
  '8c:ae:4c',
  '48:65:ee',
  '0c:37:96',
  '00:24:9b',
]
const virtualNames =
  /^(?:lo\d*|ifb\d+|docker\d*|veth|br-|virbr|vnet|tun|tap|wg\d|tailscale|zt|vmnet|vboxnet|utun|awdl|llw|bridge\d|bond|team|dummy|sit\d|gre|nlmon|cni|flannel|cali|lxc|lxd)/i
const virtualWords =
  /virtual|loopback|hyper-v|vmware|virtualbox|miniport|tap-win|vpn|anyconnect|fortinet|forticlient|pangp|juniper|bluetooth|tunnel|npcap|wan miniport|teredo|isatap|docker/i
const wanderingWords = /\busb\b|dock|thunderbolt/i

export interface SeenInterface {
  name: string | null
  mac: string | null
  kind: string | null
  model: string | null
  virtual: boolean | null
}

/** Second bit of the first byte: given by software rather than by the maker (IEEE 802). */
const isLocal = (mac: string): boolean => (parseInt(mac.slice(0, 2), 16) & 2) === 2

/**
 * The addresses that tell a machine from another. Left out: what software made, what wanders with docks, and, where the machine has an address
 * of its maker, addresses given by software (phones and laptops throw dice for them on each network).
 */
export function tellingMacs(interfaces: readonly SeenInterface[]): string[] {
  const own = interfaces.filter(
    (one) =>
      one.mac !== null &&
      one.virtual !== true &&
      !junkMacs.has(one.mac) &&
      !hostPrefixes.some((prefix) => one.mac!.startsWith(prefix)) &&
      !wanderingPrefixes.some((prefix) => one.mac!.startsWith(prefix)) &&
      !/^(?:loopback|bridge|alias|aggregate|bluetooth|dialup)$/i.test(one.kind ?? '') &&
      ![one.name, one.model].some(
        (words) =>
          words !== null && (virtualNames.test(words) || virtualWords.test(words) || wanderingWords.test(words)),
      ),
  )
  const macs = [...new Set(own.map((one) => one.mac!))].toSorted()
  const makers = macs.filter((mac) => !isLocal(mac))
  return makers.length > 0 ? makers : macs
}
