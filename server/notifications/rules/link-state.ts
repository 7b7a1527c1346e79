/**
 * What pressing the button of a link would meet. It is bound to whom it was mailed to: somebody else who is signed in is refused before
 * anything is said of it.
 */
export function linkState(
  link: { person: string; expiresAt: string; used: boolean },
  reader: { signedIn: string | null },
  now: string,
): 'open' | 'used' | 'expired' | 'not-yours' {
  if (reader.signedIn !== null && reader.signedIn !== link.person) return 'not-yours'
  if (link.used) return 'used'
  return Date.parse(link.expiresAt) <= Date.parse(now) ? 'expired' : 'open'
}
