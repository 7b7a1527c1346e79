import type { Session, Varbind } from 'net-snmp'
import type { SnmpAccess } from '../../../contract/snmp-scans.ts'
import type { Tree } from '../rules/values.ts'

/** SNMPv2-MIB, ENTITY-MIB (RFC 6933), IF-MIB (RFC 2863), IP-MIB (RFC 4293, the table of its forerunner). */
const system = '1.3.6.1.2.1.1'
const entities = '1.3.6.1.2.1.47.1.1.1'
const interfaces = '1.3.6.1.2.1.2.2'
const moreOfInterfaces = '1.3.6.1.2.1.31.1.1'
const addresses = '1.3.6.1.2.1.4.20'

const timeoutMs = 1500
const mostAtOnce = 20
/** Milliseconds that one device may take, and values that one table of it may hold: a chassis with some thousands of ports has room. */
const deadlineMs = 60_000
const mostValues = 100_000

type Table = Record<string, Record<string, unknown>>

/**
 * What one device says of itself, in the form of a report; null where nobody answers, or not to this access, where it comes to no end, or where
 * the work is to end.
 */
export async function askDevice(
  target: string,
  port: number,
  access: SnmpAccess,
  signal: AbortSignal,
  most = mostValues,
): Promise<Tree | null> {
  const { default: snmp } = await import('net-snmp')
  const options = { port, retries: 1, timeout: timeoutMs, idBitsSize: 32 }
  const session: Session =
    access.protocol === '2c'
      ? snmp.createSession(target, access.community, { ...options, version: snmp.Version2c })
      : snmp.createV3Session(
          target,
          {
            name: access.user,
            level: snmp.SecurityLevel.authPriv,
            authProtocol: snmp.AuthProtocols[access.authentication],
            authKey: access.authenticationKey,
            privProtocol: snmp.PrivProtocols[access.privacy],
            privKey: access.privacyKey,
          },
          options,
        )
  // a refused datagram is no answer, like a lost one
  session.on('error', () => {})
  let isOver = false
  let letGo = (): void => {}
  const end = (): void => {
    if (isOver) return
    isOver = true
    session.close()
    letGo()
  }
  const until = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
  until.addEventListener('abort', end, { once: true })
  const answered = <T>(ask: (answer: (error: Error | null, value: T) => void) => void): Promise<T | null> =>
    new Promise((resolve) => {
      letGo = () => resolve(null)
      if (isOver) letGo()
      else ask((error, value) => resolve(error === null ? value : null))
    })
  const table = async (oid: string, columns: number[]): Promise<Table> => {
    const found: Table = {}
    let values = 0
    for (const column of columns) {
      const path = `${oid}.1.${column}.`
      for (let from: string | undefined = path.slice(0, -1); from !== undefined;) {
        const after = from
        const said = await answered<Varbind[][]>((answer) => session.getBulk([after], 0, mostAtOnce, answer))
        if (said === null) return {}
        const rows = said[0] ?? []
        const own = rows.filter((row) => row.oid.startsWith(path) && !snmp.isVarbindError(row))
        for (const row of own) (found[row.oid.slice(path.length)] ??= {})[column] = row.value
        values += own.length
        if (values > most) end()
        from = own.length < rows.length ? undefined : own.at(-1)?.oid
      }
    }
    return found
  }
  try {
    if (until.aborted) return null
    const about = await answered<Varbind[]>((answer) =>
      session.get(
        [1, 4, 5, 6].map((leaf) => `${system}.${leaf}.0`),
        answer,
      ),
    )
    if (about === null) return null
    const said = (at: number) => (snmp.isVarbindError(about[at]!) ? '' : textOf(about[at]!.value))
    const parts = Object.values(await table(entities, [2, 5, 7, 9, 11, 12, 13]))
    const ports = await table(interfaces, [1, 2, 3, 5, 6, 8])
    const names = await table(moreOfInterfaces, [1, 15, 18])
    const owned = await table(addresses, [1, 2])
    if (isOver) return null
    return reportOf(
      { description: said(0), contact: said(1), name: said(2), location: said(3) },
      parts,
      ports,
      names,
      owned,
      target,
    )
  } finally {
    until.removeEventListener('abort', end)
    end()
  }
}

const textOf = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString('utf8').replaceAll('\0', '') : value === undefined ? '' : String(value)
const macOf = (value: unknown): string | undefined =>
  Buffer.isBuffer(value) && value.length === 6 && value.some((byte) => byte !== 0)
    ? value.toString('hex').match(/../g)!.join(':')
    : undefined

/** IANAPhysicalClass and IANAifType, as far as they matter here. */
const chassis = 3
const stack = 11
const loopback = 24

function reportOf(
  about: { description: string; contact: string; name: string; location: string },
  parts: Record<string, unknown>[],
  ports: Table,
  names: Table,
  owned: Table,
  target: string,
): Tree {
  const whole =
    parts.find((part) => part['5'] === stack && textOf(part['11']) !== '') ??
    parts.find((part) => part['5'] === chassis)
  const ips = Object.values(owned).flatMap((row) => (textOf(row['1']).startsWith('127.') ? [] : [textOf(row['1'])]))
  const portOf = (index: string): Tree => {
    const port = ports[index]!
    const high = Number(names[index]?.['15'] ?? 0)
    return {
      ifnumber: Number(index),
      ifname: textOf(names[index]?.['1']) || textOf(port['2']),
      ifalias: textOf(names[index]?.['18']),
      // ifHighSpeed is in Mbit/s
      ifspeed: high > 0 ? high * 1e6 : Number(port['5'] ?? 0),
      ifstatus: port['8'],
      mac: macOf(port['6']),
      ips: Object.values(owned).flatMap((row) => (String(row['2']) === index ? [textOf(row['1'])] : [])),
    }
  }
  const made = Object.keys(ports).map(portOf)
  const withMac = made.filter(
    (port) => port['mac'] !== undefined && Number(ports[String(port['ifnumber'])]!['3']) !== loopback,
  )
  // the port it is spoken to through, else one that is up, else any
  const own =
    withMac.find((port) => (port['ips'] as string[]).includes(target)) ??
    withMac.find((port) => (port['ips'] as string[]).length > 0) ??
    withMac.find((port) => port['ifstatus'] === 1) ??
    withMac[0]
  return {
    network_device: {
      type: 'Networking',
      ...about,
      manufacturer: textOf(whole?.['12']),
      model: textOf(whole?.['13']),
      serial: textOf(whole?.['11']),
      firmware: textOf(whole?.['9']),
      mac: own?.['mac'],
      ips: [...new Set([target, ...ips])].filter((address) => !address.startsWith('127.')),
    },
    network_ports: made,
    network_components: parts
      .filter((part) => textOf(part['11']) !== '')
      .map((part) => ({
        name: textOf(part['7']) || textOf(part['2']),
        type: part['5'] === chassis ? 'chassis' : part['5'] === stack ? 'stack' : 'module',
        serial: textOf(part['11']),
        model: textOf(part['13']),
        firmware: textOf(part['9']),
      })),
  }
}
