/** Message-IDs of a field, angle brackets included (RFC 5322, 3.6.4); a bare word with an @ counts as one. */
export function messageIds(value: string): string[] {
  const text = value.slice(0, 200_000)
  const ids = [...text.matchAll(/<([^<>]{1,995})>/g)]
    .map((found) => `<${found[1]!.replace(/\s+/g, '')}>`)
    .filter((id) => id !== '<>')
  return ids.length > 0
    ? unique(ids)
    : unique((text.match(/[^\s<>,;"()]+@[^\s<>,;"()]+/g) ?? []).map((id) => `<${id}>`))
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

/** The first names the thread and the last the message that is answered; from the middle may be left out (RFC 5322, 3.6.4). */
export const mostReferences = (ids: string[], most: number): string[] =>
  ids.length <= most ? ids : [ids[0]!, ...ids.slice(ids.length - most + 1)]
