import type { Route } from '../platform/mount.ts'

export function serviceLevelRoutes(): Route[] {
  return []
}
