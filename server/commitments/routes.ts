import type { Route } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'

export function commitmentRoutes(_subjects: Subjects): Route[] {
  return []
}
