/** The door of this capability. */
export { giveWay, type Installation, restoreInstallation, takeBackup } from './installation-backup.ts'
