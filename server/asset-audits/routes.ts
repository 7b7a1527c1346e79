import { assetAudits } from '../../contract/asset-audits.ts'
import { type Route, serve } from '../platform/mount.ts'
import { cancelAudit, endScanning, startAudit } from './actions/move-audit.ts'
import { editAudit, planAudit } from './actions/plan-audit.ts'
import { takeScans } from './actions/take-scans.ts'
import { listAudits, listRows, listScans, showAudit, showHistory } from './queries/list-audits.ts'
import { listAuditsOfAsset } from './queries/of-asset.ts'

export const assetAuditRoutes: Route[] = [
  serve(assetAudits.list, listAudits),
  serve(assetAudits.show, showAudit),
  serve(assetAudits.rows, listRows),
  serve(assetAudits.scans, listScans),
  serve(assetAudits.history, showHistory),
  serve(assetAudits.ofAsset, listAuditsOfAsset),
  serve(assetAudits.plan, planAudit),
  serve(assetAudits.edit, editAudit),
  serve(assetAudits.start, startAudit),
  serve(assetAudits.scan, takeScans),
  serve(assetAudits.endScanning, endScanning),
  serve(assetAudits.cancel, cancelAudit),
]
