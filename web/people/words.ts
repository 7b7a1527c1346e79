import type { PersonRow } from '../../contract/people.ts'
import { roles, type Role } from '../../contract/permissions.ts'
import { t } from '../platform/i18n.ts'

export const roleWord = (role: Role): string => t(`role.${role}`)
export const personKindWord = (kind: PersonRow['kind']): string => t(`personKind.${kind}`)
export const roleOptions = (): { value: Role; label: string }[] =>
  roles.map((role) => ({ value: role, label: roleWord(role) }))
