import { portal } from '../../contract/portal.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { listRequests, searchPortal, showHome } from './queries.ts'

/** The door of this capability. */
export const portalRoutes = (subjects: Subjects): Route[] => [
  serve(portal.home, showHome(subjects)),
  serve(portal.requests, listRequests),
  serve(portal.search, searchPortal),
]
