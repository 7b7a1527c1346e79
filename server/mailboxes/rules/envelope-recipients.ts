/** Headers in which mail servers keep whom the envelope named, the most telling first; `To` and `Cc` name what an author wrote. */
const kept = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to', 'to', 'cc']
const addressed = /[^\s<>,;:"()]+@[^\s<>,;:"()]+/g

/** Whom a message went to, from its headers, for a transport that does not say. Lower case, no more than 100. */
export function envelopeRecipients(raw: Buffer): string[] {
  const head = raw
    .subarray(0, 64 * 1024)
    .toString('latin1')
    .split(/\r?\n\r?\n/)[0]!
    .replace(/\r?\n[ \t]+/g, ' ')
  const found: string[] = []
  for (const name of kept)
    for (const [, value] of head.matchAll(new RegExp(`^${name}:(.*)$`, 'gim')))
      for (const [address] of value!.matchAll(addressed)) found.push(address.toLowerCase())
  return [...new Set(found)].slice(0, 100)
}
