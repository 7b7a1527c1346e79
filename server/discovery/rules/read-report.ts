import type { Program, Sections } from '../../../contract/inventories.ts'
import { readSections } from './read-sections.ts'
import { scannedDevices } from './scanned-devices.ts'
import { cut } from '../../platform/rules/storable-text.ts'
import { dayOf, entriesOf, mostOfKey, textOf, type Tree, treeOf, yesOf } from './values.ts'

export const deviceKinds = ['computer', 'phone', 'network', 'printer', 'other'] as const
export type DeviceKind = (typeof deviceKinds)[number]

export type SeenProgram = Program & { installedOn: string | null }

/** One device as one agent saw it. `programs` is null where the agent did not say what is installed. */
export interface SeenDevice {
  kind: DeviceKind
  sections: Sections
  programs: SeenProgram[] | null
}

export type Task = 'inventory' | 'scan' | 'export'

export interface Report {
  /** The id the agent gave itself. */
  sentId: string
  /** `scan`: the agent looked at other devices over the network. `export`: a program that manages devices tells of them. */
  task: Task
  /** Holds only some sections: what it does not hold stays as it was. */
  partial: boolean
  tag: string | null
  /** Name and version of the program that looked. */
  client: string | null
  devices: SeenDevice[]
}

const kindOf = (word: string | null): DeviceKind => {
  const kind = word?.toLowerCase() ?? ''
  if (kind === 'computer' || kind === 'phone' || kind === 'printer') return kind
  return kind.startsWith('network') || kind === 'switch' || kind === 'router' ? 'network' : 'other'
}

/** What is installed, each once, in an order of its own. Null where the report does not say. */
export function readPrograms(content: Tree): SeenProgram[] | null {
  if (content['softwares'] === undefined) return null
  const found = new Map<string, SeenProgram>()
  for (const one of entriesOf(content['softwares'])) {
    const name = textOf(one['name'], one['guid'])
    if (name === null) continue
    const program: SeenProgram = {
      name: cut(name, mostOfKey),
      publisher: cut(textOf(one['publisher']) ?? '', 200),
      version: cut(textOf(one['version']) ?? '', 100),
      source: cut(textOf(one['from']) ?? '', 40),
      arch: cut(textOf(one['arch'], one['architecture']) ?? '', 40),
      installedOn: dayOf(one['install_date'] ?? one['installdate'], true),
    }
    const key = programKey(program)
    const known = found.get(key)
    // installed for several users: the earliest day
    if (known === undefined) found.set(key, program)
    else if (program.installedOn !== null && (known.installedOn === null || program.installedOn < known.installedOn))
      known.installedOn = program.installedOn
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, program]) => program)
}

/** What makes two installed programs the same one. */
export const programKey = (p: Program): string => JSON.stringify([p.name, p.publisher, p.version, p.arch, p.source])

/** The id an agent gave itself; empty where it gave none. */
export const sentIdOf = (sent: Tree): string => cut(textOf(sent['deviceid']) ?? '', mostOfKey)

/** A report as it was sent, names in lower case: `content` beside what says who sent it. */
export function readReport(sent: Tree): Report {
  const content = treeOf(sent['content'])
  const query = textOf(sent['query'], sent['action'])?.toLowerCase() ?? 'inventory'
  const scanned = scannedDevices(content)
  const item = textOf(sent['itemtype'])
  const looksAtNetwork = scanned.length > 0 || content['network_device'] !== undefined
  const devices: SeenDevice[] =
    scanned.length > 0
      ? scanned.map((device) => ({
          kind: kindOf(textOf(treeOf(device['network_device'])['type'])),
          sections: readSections(device),
          programs: null,
        }))
      : [
          {
            kind: kindOf(item ?? (looksAtNetwork ? textOf(treeOf(content['network_device'])['type']) : 'computer')),
            sections: readSections(content),
            programs: readPrograms(content),
          },
        ]
  const account = entriesOf(content['accountinfo']).find((one) => textOf(one['keyname']) === 'TAG')
  return {
    sentId: sentIdOf(sent),
    task: looksAtNetwork || /^(?:net|snmp)/.test(query) ? 'scan' : 'inventory',
    partial: yesOf(sent['partial']) === true,
    tag: textOf(sent['tag'], account?.['keyvalue']),
    client: textOf(content['versionclient'], sent['versionclient']),
    devices,
  }
}
