/** Message-IDs of a field, angle brackets included (RFC 5322, 3.6.4); where there are none, a bare word with an @ counts as one. */
export function messageIds(value: string): string[] {
  const text = value.slice(0, 100_000)
  const ids = [...text.matchAll(/<([^<>]{1,995})>/g)]
    .map((found) => found[1]!.replace(/\s+/g, ''))
    .filter((id) => id !== '')
  const bare =
    ids.length > 0 ? [] : text.split(/[\s<>,;"()]+/).filter((word) => word.length < 996 && /^[^@]+@[^@]/.test(word))
  return [...new Set([...ids, ...bare])].map((id) => `<${id}>`)
}

/** The first names the thread and the last the message that is answered; from the middle may be left out (RFC 5322, 3.6.4). */
export const mostReferences = (ids: string[], most: number): string[] =>
  ids.length <= most ? ids : [ids[0]!, ...ids.slice(ids.length - most + 1)]
