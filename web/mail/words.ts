import { t, type Key } from '../platform/i18n.ts'

const kinds: Record<string, Key> = {
  notices: 'mail.kind.notices',
  digest: 'mail.kind.digest',
  test: 'mail.kind.test',
}

/** What sort of mail it is; a kind of a later version is named as it is. */
export const mailKindWord = (kind: string): string => {
  const key = kinds[kind]
  return key === undefined ? kind : t(key)
}
