import { messages, sentence } from './catalogue.ts'

/** An event in words: its own sentence, filled with the names stored in it. Moments are shown in `zone`. */
export function eventSentence(
  type: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  zone: string,
): string {
  const flat = (prefix: string, values: Record<string, unknown> | null) =>
    Object.fromEntries(
      Object.entries(values ?? {}).map(([k, v]) => [
        `${prefix}_${k}`,
        v === null || v === undefined ? 'none' : typeof v === 'object' ? JSON.stringify(v) : String(v),
      ]),
    )
  const changed = Object.keys({ ...before, ...after })
    .filter((field) => !field.endsWith('_name'))
    .map((field) => field.replace(/_id$/, '').replaceAll('_', ' '))
    .join(', ')
  const known = { ...flat('before', before), ...flat('after', after), fields: changed }
  return sentence(`event.${type}`, { ...unnamed(`event.${type}`), ...known }, zone)
}

/** What a sentence asks for and an event of another time may not carry. */
function unnamed(code: string): Record<string, string> {
  return Object.fromEntries([...(messages[code] ?? '').matchAll(/\{(\w+)/g)].map(([, name]) => [name!, 'none']))
}
