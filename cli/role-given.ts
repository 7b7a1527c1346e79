import { type Role, roles } from '../contract/permissions.ts'
import { UsageError } from './command.ts'

/** The role named on the command line; the usage error lists those there are. */
export function roleGiven(text: string): Role {
  const found = roles.find((role) => role === text.trim().toLowerCase())
  if (found === undefined) throw new UsageError(`There is no role "${text}"; there are ${roles.join(', ')}.`)
  return found
}
