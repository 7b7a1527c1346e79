/** How a body is packed. Agents say so in the content type, not in the content encoding. */
export type Packing = 'zlib' | 'gzip' | 'deflate' | 'brotli' | 'none'

const packings = new Map<string, Packing>(
  Object.entries({
    'application/x-compress-zlib': 'zlib',
    'application/x-zlib': 'zlib',
    'application/x-compress': 'zlib',
    'application/x-compressed': 'zlib',
    'application/x-compress-gzip': 'gzip',
    'application/x-gzip': 'gzip',
    'application/gzip': 'gzip',
    'application/x-compress-br': 'brotli',
    'application/x-br': 'brotli',
    'application/x-compress-deflate': 'deflate',
    'application/x-deflate': 'deflate',
    'application/json': 'none',
    'application/xml': 'none',
    'text/xml': 'none',
    'text/plain': 'none',
  } satisfies Record<string, Packing>),
)

const bare = (contentType: string): string => contentType.split(';')[0]!.trim().toLowerCase()

/** How a body is packed by what is said of it alone, before any of it has come. */
export const packingSaid = (contentType: string): Packing => packings.get(bare(contentType)) ?? 'none'

/** How a body is packed by what is said of it, and by its first bytes where those say otherwise or nothing is said. */
export function packingOf(contentType: string, body: Uint8Array): Packing {
  const said = packings.get(bare(contentType))
  const [first = 0, second = 0] = body
  if (first === 0x1f && second === 0x8b) return 'gzip'
  // RFC 1950: 32k window, and a header that is a multiple of 31
  const isZlib = first === 0x78 && ((first << 8) | second) % 31 === 0
  if (said === undefined || said === 'gzip' || said === 'none') return isZlib ? 'zlib' : 'none'
  return said
}

/** In what type an answer goes back: packed as the request was, and for OCS in the name its own server uses. */
export function answerType(contentType: string, packing: Packing, form: 'json' | 'xml'): string {
  const type = bare(contentType)
  if (packing === 'none') return form === 'json' ? 'application/json' : 'application/xml'
  if (type === 'application/x-compress') return 'application/x-compressed'
  return packings.get(type) === packing
    ? type
    : packing === 'gzip'
      ? 'application/x-compress-gzip'
      : 'application/x-compress-zlib'
}

/** Programs whose exports of devices are read. */
export type ExportDialect = 'intune' | 'entra' | 'jamf' | 'sccm' | 'lansweeper'
export type Dialect = 'glpi' | 'fusioninventory' | 'ocs' | 'snmp' | 'other' | ExportDialect

/** Which agent speaks, by the name of its program. */
export function dialectOf(...names: (string | null | undefined)[]): Dialect {
  for (const name of names) {
    if (name == null) continue
    if (/^glpi-/i.test(name)) return 'glpi'
    if (/^fusioninventory/i.test(name)) return 'fusioninventory'
    if (/^ocs/i.test(name)) return 'ocs'
  }
  return 'other'
}

const mostHops = 5

/** Why a message of so many relays is not taken; null where it is. `GLPI-Proxy-ID` names each relay it came through. */
export function whyNotRelayed(proxies: string | undefined): { code: string } | null {
  const hops = (proxies ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '')
  if (new Set(hops).size < hops.length) return { code: 'discovery.relay-loop' }
  return hops.length > mostHops ? { code: 'discovery.too-many-relays' } : null
}
