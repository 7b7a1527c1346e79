import type { Sections } from '../../../contract/inventories.ts'
import { serialKey } from '../../assets/public.ts'
import type { Cells } from '../../platform/imports/cells.ts'
import { readYesNo } from '../../platform/imports/cell-words.ts'
import { type DateOrder, readDate } from '../../platform/imports/dates.ts'
import type { ImportSettings } from '../../platform/imports/source.ts'
import { type Identity, identityOf } from '../rules/identity.ts'
import type { DeviceKind, SeenDevice } from '../rules/read-report.ts'
import type { ExportField } from './export-fields.ts'

/** One device as an export tells of it. */
export interface Exported {
  device: SeenDevice
  identity: Identity
  /** The id that it keeps from export to export. */
  sentId: string
  /** ISO instant. */
  lastSeenAt: string
}

/** Reads a row; null where nothing of it tells one machine from others. */
export function readExported(cells: Cells, settings: ImportSettings): Exported | null {
  const word = (field: ExportField): string | null => cells.line(field, 200) || null
  cells.checkNumbers(['serial', 'assetTag'])
  const macs = ['mac', 'wifiMac'].flatMap((field) => macsIn(cells.text(field)))
  const os = word('os')
  const encrypted = encryptedIn(cells.text('encrypted'))
  const user = word('user')
  const email = word('userEmail')
  const sections: Sections = {
    hardware: [
      {
        name: word('name'),
        uuid: word('uuid'),
        chassis: null,
        memoryMb: numberIn(cells.text('memoryMb')),
        virtualisation: null,
        domain: word('domain'),
        // an address says who it is for certain
        lastUser: user !== null && user.includes('@') ? user : (email ?? user),
      },
    ],
    bios: [
      {
        manufacturer: word('manufacturer'),
        model: word('model'),
        serial: word('serial'),
        assetTag: word('assetTag'),
        sku: null,
        boardManufacturer: null,
        boardModel: null,
        boardSerial: null,
        version: null,
        date: null,
        secureBoot: null,
      },
    ],
    ...(os === null && word('osVersion') === null
      ? {}
      : {
          operatingSystem: [
            {
              name: os,
              version: word('osVersion'),
              kernel: null,
              arch: null,
              fullName: null,
              servicePack: null,
              domainName: null,
              installedOn: null,
            },
          ],
        }),
    ...(macs.length === 0 && word('ip') === null
      ? {}
      : {
          network: (macs.length === 0 ? [null] : macs).map((mac, i) => ({
            name: null,
            mac,
            addresses: i === 0 ? addressesIn(cells.text('ip')) : [],
            kind: null,
            speedMbps: null,
            virtual: null,
            model: null,
          })),
        }),
    // the program speaks of the machine as a whole
    ...(encrypted === null
      ? {}
      : {
          disks: [
            {
              name: null,
              model: null,
              manufacturer: null,
              serial: null,
              sizeMb: null,
              kind: null,
              interface: null,
              firmware: null,
              encrypted,
            },
          ],
        }),
    management: [
      {
        compliant: word('compliant'),
        primaryUser: user ?? email,
        ownership: word('ownership'),
        managedBy: word('managedBy'),
        enrolledOn: readDate(cells.text('enrolledOn'), settings.dateOrder),
      },
    ],
  }
  const directory = word('directoryId')
  const isId =
    directory !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(directory) && !/^[0-]+$/.test(directory)
  const identity = identityOf(sections, isId ? `entra:${directory.toLowerCase()}` : null, serialKey)
  const sentId = identity.serial ?? word('deviceId') ?? identity.agent ?? identity.uuid ?? identity.macs[0]
  if (sentId === undefined || isNothing(identity)) return null
  const text = cells.text('lastSeen')
  const seen = text === '' ? null : momentIn(text, settings.dateOrder, settings.zone)
  if (text !== '' && seen === null) cells.warn('bad-date', { column: 'lastSeen', value: text.slice(0, 60) })
  return {
    device: { kind: kindOf(cells.text('kind'), os), sections, programs: null },
    identity,
    sentId,
    lastSeenAt: seen === null || seen > settings.importedAt ? settings.importedAt : seen,
  }
}

const isNothing = ({ serial, uuid, macs, agent }: Identity): boolean =>
  serial === null && uuid === null && macs.length === 0 && agent === null

/** Addresses of a cell: several between commas, with any marks or none. */
const macsIn = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((one) => one.replace(/[^0-9a-f]/gi, '').toLowerCase())
    .filter((digits) => digits.length === 12 && !/^(0+|f+)$/.test(digits))
    .map((digits) => digits.match(/../g)!.join(':'))

const addressesIn = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .filter((one) => /^[0-9a-f.:]{3,45}$/i.test(one))
    .slice(0, 8)

const numberIn = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null)

/** `Yes` or `No` in the words that agents use, from those of any program; null where it says neither. */
function encryptedIn(text: string): string | null {
  const said = readYesNo(text)
  if (said !== null) return said ? 'Yes' : 'No'
  const plain = text.toLowerCase()
  if (/\b(not|no|un)\s*-?(partitions )?encrypted|unencrypted|nicht verschlüsselt/.test(plain)) return 'No'
  return /encrypted|verschlüsselt/.test(plain) ? 'Yes' : null
}

function kindOf(kind: string, os: string | null): DeviceKind {
  if (/print/i.test(kind)) return 'printer'
  if (/switch|router|firewall|access point|network/i.test(kind)) return 'network'
  if (/phone|tablet|mobile/i.test(kind) || /android|ios|ipados/i.test(os ?? '')) return 'phone'
  return 'computer'
}

/** A moment of a file as an instant: with its own offset, else in the zone of the file. */
function momentIn(text: string, order: DateOrder, zone: string): string | null {
  const day = readDate(text, order)
  if (day === null) return null
  const found = /(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap])?\.?m?\.?\s*(Z|UTC|[+-]\d{2}:?\d{2})?\s*$/i.exec(
    text.trim(),
  )
  const hours =
    found === null ? 0 : (Number(found[1]) % (found[4] === undefined ? 24 : 12)) + (/p/i.test(found[4] ?? '') ? 12 : 0)
  const clock = [hours, Number(found?.[2] ?? 0), Number(found?.[3] ?? 0)]
    .map((n) => String(n).padStart(2, '0'))
    .join(':')
  const offset = found?.[5] === undefined ? null : /^(z|utc)$/i.test(found[5]) ? 'Z' : found[5]
  try {
    const at =
      offset === null
        ? Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone).toInstant()
        : Temporal.Instant.from(`${day}T${clock}${offset}`)
    return at.toString({ fractionalSecondDigits: 3 })
  } catch {
    return null
  }
}
