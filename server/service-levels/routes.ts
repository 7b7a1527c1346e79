import { serviceLevels } from '../../contract/service-levels.ts'
import { type Route, serve } from '../platform/mount.ts'
import { createServiceLevel, editServiceLevel, reorderServiceLevels } from './actions/save-service-level.ts'
import { listServiceLevels, showServiceLevel } from './queries/show-service-level.ts'

export function serviceLevelRoutes(): Route[] {
  return [
    serve(serviceLevels.list, listServiceLevels),
    serve(serviceLevels.show, showServiceLevel),
    serve(serviceLevels.create, createServiceLevel),
    serve(serviceLevels.edit, editServiceLevel),
    serve(serviceLevels.reorder, reorderServiceLevels),
  ]
}
