import type { Tree } from '../rules/values.ts'

/** An answer before it is packed. */
export interface Answered {
  status: number
  form: 'json' | 'xml'
  text: string
  headers?: Record<string, string>
}

const json = (status: number, body: object, headers?: Record<string, string>): Answered => ({
  status,
  form: 'json',
  text: JSON.stringify(body),
  ...(headers === undefined ? {} : { headers }),
})
const xml = (inner: string, status = 200): Answered => ({
  status,
  form: 'xml',
  text: `<?xml version="1.0" encoding="UTF-8"?>\n<REPLY>${inner}</REPLY>\n`,
})
const escaped = (text: string): string => text.replaceAll(']]>', ']]&gt;')

/** What agents are told. Hours: how often they report. */
export const replies = {
  /** To an agent of the JSON protocol that begins in XML: come at once with a contact. */
  comeNow: (): Answered => json(200, { status: 'pending', expiration: 0 }),
  /** The agent asks for nothing but inventories of the machine it runs on. `server` keeps it to the JSON protocol. */
  contact: (hours: number): Answered =>
    json(200, {
      status: 'ok',
      expiration: hours,
      tasks: { inventory: { server: 'glpi', version: '10.0.18', 'no-category': 'process,environment' } },
      disabled: ['netdiscovery', 'netinventory', 'esx', 'collect', 'deploy', 'wakeonlan', 'remoteinventory'],
    }),
  taken: (form: 'json' | 'xml', hours: number, isOcs: boolean): Answered =>
    form === 'json'
      ? json(200, { status: 'ok', expiration: hours })
      : xml(isOcs ? '<RESPONSE>NO_ACCOUNT_UPDATE</RESPONSE>' : ''),
  sendNow: (hours: number): Answered => xml(`<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>${hours}</PROLOG_FREQ>`),
  /** Kept, and read by and by: ask again with the id. */
  pending: (requestId: string, wait: string): Answered =>
    json(202, { status: 'pending', expiration: wait }, { 'GLPI-Request-ID': requestId }),
  settings: (): Answered => json(200, {}),
  refused: (form: 'json' | 'xml', status: number, message: string): Answered =>
    form === 'json'
      ? json(status, { status: 'error', message: message.slice(0, 250), expiration: 24 })
      : xml(`<ERROR><![CDATA[${escaped(message)}]]></ERROR>`, status),
}

/** What an agent wants, by what it says first. */
export type Wants = 'prolog' | 'contact' | 'inventory' | 'unknown'

const known = new Map<string, Wants>(
  Object.entries({
    prolog: 'prolog',
    contact: 'contact',
    inventory: 'inventory',
    netinventory: 'inventory',
    netdiscovery: 'inventory',
    snmpquery: 'inventory',
    snmp: 'inventory',
  } as const),
)

/** A message without a query is an inventory if it has content. */
export function wantsOf(sent: Tree): Wants {
  const query = sent['query'] ?? sent['action']
  if (typeof query === 'string' && query !== '') return known.get(query.toLowerCase()) ?? 'unknown'
  return sent['content'] === undefined ? 'unknown' : 'inventory'
}
