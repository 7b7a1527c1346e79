import { serviceLevels } from '../../contract/service-levels.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { createServiceLevel, editServiceLevel, reorderServiceLevels } from './actions/save-service-level.ts'
import { previewChange } from './actions/preview-change.ts'
import { listMoves } from './queries/list-moves.ts'
import { listServiceLevels, showServiceLevel } from './queries/show-service-level.ts'

export function serviceLevelRoutes(subjects: Subjects): Route[] {
  return [
    serve(serviceLevels.list, listServiceLevels),
    serve(serviceLevels.moves, listMoves),
    serve(serviceLevels.preview, previewChange(subjects)),
    serve(serviceLevels.show, showServiceLevel),
    serve(serviceLevels.create, createServiceLevel),
    serve(serviceLevels.edit, editServiceLevel),
    serve(serviceLevels.reorder, reorderServiceLevels),
  ]
}
