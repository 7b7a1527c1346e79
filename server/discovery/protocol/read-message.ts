import { Problem } from '../../platform/errors.ts'
import { isTree, type Tree, treeOf } from '../rules/values.ts'
import { readXml, textOfBytes } from './read-xml.ts'
import { wantsOf } from './replies.ts'

/** What an agent sent, with names in lower case. `json` is what it said as JSON, to be held against the published form. */
export interface Message {
  form: 'json' | 'xml'
  sent: Tree
  json: unknown
}

/** Throws a 400 that says what is wrong with the bytes, also where it is an inventory of nothing: taken in, that would empty a record. */
export function readMessage(bytes: Buffer): Message {
  const message = readForm(bytes)
  if (wantsOf(message.sent) === 'inventory' && Object.keys(treeOf(message.sent['content'])).length === 0)
    throw new Problem(400, 'discovery.no-content')
  return message
}

function readForm(bytes: Buffer): Message {
  const text = textOfBytes(bytes)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text === '') throw new Problem(400, 'discovery.empty')
  if (text.startsWith('{')) {
    const json = readJson(text)
    if (!isTree(json)) throw new Problem(400, 'discovery.not-json')
    return { form: 'json', sent: json, json }
  }
  const read = readXml(text)
  if (read === null) throw new Problem(400, 'discovery.not-xml')
  return { form: 'xml', sent: read, json: null }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch {
    return null
  }
}

/** What moves by itself between two reports of a machine on which nothing changed. */
const moving =
  /<PROCESSES>[^<]*(?:<(?!\/?PROCESSES>)[^<]*)*<\/PROCESSES>|<(LOGDATE|ETIME|FREE|BOOT_TIME|DATELASTLOGGEDUSER|CHECKSUM)>[^<]*<\/\1>/g

/**
 * The text of an XML report without what moves by itself. What is the same has the same content, and need not be read: reading costs twenty
 * times as much. Only what no section holds is left out.
 */
export const stillText = (text: string): string => text.replace(moving, '')

/** The id of the sender, found without reading the rest. */
export const sentIdIn = (text: string): string | null =>
  /<DEVICEID>([^<]{1,300})<\/DEVICEID>/.exec(text)?.[1]?.trim() ?? null
