import { assetAudits } from '../../contract/asset-audits.ts'
import type { CustomValues } from '../fields/public.ts'
import { type Route, serve } from '../platform/mount.ts'
import { closeAudit } from './actions/close-audit.ts'
import { cancelAudit, endScanning, startAudit } from './actions/move-audit.ts'
import { editAudit, planAudit } from './actions/plan-audit.ts'
import { confirmAllFound, leaveRest, reopenRows, settleRows } from './actions/settle-rows.ts'
import { takeScans } from './actions/take-scans.ts'
import { listAudits, listRows, listScans, showAudit, showHistory } from './queries/list-audits.ts'
import { showAccuracy } from './queries/show-accuracy.ts'
import { listAuditsOfAsset } from './queries/of-asset.ts'

export const assetAuditRoutes = (customValues: CustomValues): Route[] => [
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
  serve(assetAudits.settle, settleRows(customValues)),
  serve(assetAudits.confirmFound, confirmAllFound),
  serve(assetAudits.leaveRest, leaveRest),
  serve(assetAudits.reopen, reopenRows),
  serve(assetAudits.close, closeAudit),
  serve(assetAudits.accuracy, showAccuracy),
  serve(assetAudits.cancel, cancelAudit),
]
