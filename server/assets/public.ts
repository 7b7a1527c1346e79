/** The door of this capability. */
export { assetRoutes } from './routes.ts'
export { mountCertificate } from './mount-certificate.ts'
export { mountImpact } from './mount-impact.ts'
export { assetSubject, stockSubject } from './subject.ts'
export { ownAsset, visibleAsset } from './visibility.ts'
export { isJunkSerial, serialKey } from './rules/serial.ts'
export { isFiller, makerKey } from './rules/makers.ts'
export { stages, waysFrom, whyNotBecome, whyNotEdit, whyNotHandOut } from './rules/life-cycle.ts'
export {
  type AssetColumns,
  assetByKey,
  assetsById,
  assetsBySerialKeys,
  hasCustomValue,
  nameOfHolder,
  type StoredAsset,
} from './assets-store.ts'
export { findAssets } from './assets-list.ts'
export { type LastAudit, saveLastAudits } from './last-audits-store.ts'
export { type AssetAct, type AssetChange, changeAssets, comingInto, lockedAsset, moveAsset } from './changing.ts'
export { type NewAsset, registerAssets } from './actions/register-asset.ts'
export { moveStock } from './actions/save-stock.ts'
export { allListed, categoryNames, insertListed, listedById, listedPage } from './models-store.ts'
export { assetRefusals, lifeFacts, shownAsset, shownRow } from './shown-asset.ts'
export { modelsImport } from './imports/models-import.ts'
export { assetsImport } from './imports/assets-import.ts'
