import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Addresses that are not of the public internet (IANA special-purpose registries, RFC 6890 with updates): this machine, private and shared
 * networks, link-local (cloud metadata services answer there), documentation, multicast, reserved.
 */
const special = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(network, bits, 'ipv4')

/** Of IPv6 only global unicast is public, and of that not what carries or documents something else. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special.addSubnet(network, bits, 'ipv6')

/** Whether an address (a literal of IPv4 or IPv6) lies outside the public internet. What is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  const mapped = mappedIpv4(address)
  if (mapped !== null) return special.check(mapped, 'ipv4')
  const family = isIP(address)
  if (family === 4) return special.check(address, 'ipv4')
  if (family === 6) return !globalUnicast.check(address, 'ipv6') || special.check(address, 'ipv6')
  return true
}

/** The IPv4 address inside `::ffff:a.b.c.d`, in either spelling (RFC 4291, 2.5.5.2). */
function mappedIpv4(address: string): string | null {
  if (!isIPv6(address)) return null
  const plain = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1)
  const found = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain)
  if (found === null) return null
  const [high, low] = [parseInt(found[1]!, 16), parseInt(found[2]!, 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** Networks in which an operator wants requests to be made: `10.0.0.0/8, fd00::/8, 192.168.1.7`. Null where the text is no such list. */
export function networksOf(text: string): BlockList | null {
  const allowed = new BlockList()
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [network = '', bits, ...more] = entry.split('/')
    const family = isIP(network)
    if (family === 0 || more.length > 0) return null
    const longest = family === 4 ? 32 : 128
    const length = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
    if (length < 0 || length > longest) return null
    allowed.addSubnet(network, length, family === 4 ? 'ipv4' : 'ipv6')
  }
  return allowed
}

/** Whether requests may go to the address: it is public, or the operator named its network. */
export function isReachable(address: string, allowed: BlockList): boolean {
  if (!isPrivateAddress(address)) return true
  const plain = mappedIpv4(address) ?? address
  const family = isIP(plain)
  return family !== 0 && allowed.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}
