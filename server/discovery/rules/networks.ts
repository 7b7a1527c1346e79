import type { Refusal } from '../../platform/errors.ts'

/** What one scan may ask: a network of 4,096 addresses. */
const mostAddresses = 4096

const numberOf = (address: string): number | null => {
  const parts = address.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}
const addressOf = (n: number): string => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.')

/**
 * The hosts of IPv4 addresses and networks (`10.20.0.0/24, 10.20.1.7`), each once, in order: without the address of the network and that of all
 * its hosts. A refusal where the text is no such list, or names too many.
 */
export function addressesOf(text: string): string[] | Refusal {
  const found = new Set<number>()
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [address = '', bits = '32', ...more] = entry.split('/')
    const at = numberOf(address)
    const length = /^\d{1,2}$/.test(bits) ? Number(bits) : -1
    if (at === null || more.length > 0 || length < 8 || length > 32)
      return { code: 'discovery.no-network', params: { entry } }
    const size = 2 ** (32 - length)
    if (found.size + size > mostAddresses + 2)
      return { code: 'discovery.too-many-addresses', params: { most: mostAddresses } }
    const first = at - (at % size)
    const [from, to] = size > 2 ? [first + 1, first + size - 2] : [first, first + size - 1]
    for (let n = from; n <= to; n++) found.add(n)
  }
  if (found.size === 0) return { code: 'discovery.no-network', params: { entry: text } }
  return [...found].toSorted((a, b) => a - b).map(addressOf)
}
