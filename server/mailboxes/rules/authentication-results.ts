/** What one server found out about a message (RFC 8601). Only that of the mailbox's own server may be believed. */
export interface AuthenticationResults {
  /** Who says so. */
  server: string
  results: { method: string; result: string; properties: Record<string, string> }[]
}

/** Reads the value of one `Authentication-Results` field; null where it is none (RFC 8601, 2.2). */
export function authenticationResults(value: string): AuthenticationResults | null {
  const text = withoutComments(value.slice(0, 5_000))
  const [head = '', ...rest] = text.split(';')
  const server = /^\s*"?([^\s";=]+)"?(?:\s+\d+)?\s*$/.exec(head)?.[1]
  if (server === undefined) return null
  const results = rest.flatMap((part) => {
    const found = /^\s*([a-z][\w-]*)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)/i.exec(part)
    if (found === null) return []
    const properties: Record<string, string> = {}
    for (const [, name, quoted, plain] of part
      .slice(found[0].length)
      .matchAll(/(?<![\w.-])([\w-]{1,60}(?:\s*\.\s*[\w-]{1,60})?)\s*=\s*(?:"([^"]*)"|(\S+))/g))
      properties[name!.replace(/\s/g, '').toLowerCase()] = quoted ?? plain ?? ''
    return [{ method: found[1]!.toLowerCase(), result: found[2]!.toLowerCase(), properties }]
  })
  return { server: server.toLowerCase(), results }
}

/** Comments may nest (RFC 5322, 3.2.2), and text inside quotes is none. */
function withoutComments(text: string): string {
  let kept = ''
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!
    if (char === '\\') {
      if (depth === 0) kept += text.slice(at, at + 2)
      at += 1
    } else if (depth === 0 && char === '"') {
      quoted = !quoted
      kept += char
    } else if (!quoted && char === '(') depth += 1
    else if (!quoted && char === ')' && depth > 0) {
      depth -= 1
      kept += ' '
    } else if (depth === 0) kept += char
  }
  return kept
}
