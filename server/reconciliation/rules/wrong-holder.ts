import { daysBetween, type Facts, type Found } from './facts.ts'

/** Another person than its holder has worked on it for days, and it was given to nobody since. */
export function wrongHolder({ asset, device }: Facts, days: number): Found | null {
  const user = device?.user ?? null
  if (asset?.state !== 'deployed' || asset.holder?.kind !== 'person' || user?.person == null) return null
  if (user.person.id === asset.holder.id) return null
  const since = asset.heldSince !== null && asset.heldSince > user.since ? asset.heldSince : user.since
  if (daysBetween(since, user.saidAt) < days) return null
  return {
    kind: 'wrong_holder',
    detail: '',
    since,
    register: { holder: asset.holder.name, holderId: asset.holder.id },
    seen: { login: user.login, person: user.person.name, personId: user.person.id },
    remedy: 'transfer',
    remedyWith: { person: user.person.id, name: user.person.name, from: asset.holder.id },
  }
}

/** Logins that are nobody's in particular. */
const shared =
  /^(?:administrator|admin|root|system|user|guest|gast|kiosk|public|service|support|helpdesk|it|test|demo|default|owner|localadmin|defaultuser\d*|local service|network service|nobody|daemon|www-data)$/

/**
 * A login as it is compared: in lower case, without a domain before it. `address` where it is an e-mail address. Null where it is nobody's in
 * particular, or a machine's.
 */
export function loginOf(text: string | null): { login: string; address: string | null } | null {
  const plain = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^.*[\\/]/, '')
  const address = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(plain) ? plain : null
  const login = plain.replace(/@.*$/, '')
  if (login === '' || login.endsWith('$') || /\s/.test(login) || shared.test(login)) return null
  return { login, address }
}
