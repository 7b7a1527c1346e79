/** The mail server named in SMTP_URL. */
export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte (`smtps:`), or STARTTLS: required, used where offered, or never. */
  tls: 'implicit' | 'required' | 'offered' | 'never'
  credentials: { user: string; pass: string } | null
}

export interface MailAddress {
  name: string
  address: string
}

const starttls = { required: 'required', offered: 'offered', never: 'never' } as const

/**
 * Reads `smtp://user:password@host:587` or `smtps://host`; `?starttls=required|offered|never` says how `smtp:` is encrypted. Without it,
 * credentials are never sent in the clear. Null where the text is no such address.
 */
export function mailServerOf(text: string): MailServer | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(text)
  if (!['smtp:', 'smtps:'].includes(protocol) || hostname === '' || !['', '/'].includes(pathname)) return null
  const wanted = searchParams.get('starttls')
  if ([...searchParams.keys()].some((key) => key !== 'starttls')) return null
  if (wanted !== null && !(wanted in starttls)) return null
  const credentials = username === '' ? null : decoded(username, password)
  if (credentials === undefined) return null
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port !== '' ? Number(port) : secure ? 465 : credentials === null ? 25 : 587,
    tls: secure
      ? 'implicit'
      : (starttls[(wanted ?? '') as keyof typeof starttls] ?? (credentials === null ? 'offered' : 'required')),
    credentials,
  }
}

function decoded(user: string, pass: string): { user: string; pass: string } | undefined {
  try {
    return { user: decodeURIComponent(user), pass: decodeURIComponent(pass) }
  } catch {
    return undefined
  }
}

const plainAddress = /^[^\s@<>",;:\\[\]()]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i

/** Reads `it@example.org` or `IT desk <it@example.org>`; null where the text is neither. */
export function mailAddressOf(text: string): MailAddress | null {
  const named = /^\s*"?([^"<>\p{Cc}]*?)"?\s*<([^<>\s]+)>\s*$/u.exec(text)
  const address = (named?.[2] ?? text).trim()
  return plainAddress.test(address) ? { name: named?.[1] ?? '', address: address.toLowerCase() } : null
}
