import { later } from '../ui/later.tsx'

export const ExplainDrawer = later(async () => (await import('./Explain.tsx')).ExplainDrawer)
export const WaiveDialog = later(async () => (await import('./WaiveDialog.tsx')).WaiveDialog)
export const MakeDialog = later(async () => (await import('./MakeDialog.tsx')).MakeDialog)
export const CompleteDialog = later(async () => (await import('./KeepDialogs.tsx')).CompleteDialog)
export const MoveDialog = later(async () => (await import('./KeepDialogs.tsx')).MoveDialog)
export const SnoozeDialog = later(async () => (await import('./KeepDialogs.tsx')).SnoozeDialog)
export const HandOverDialog = later(async () => (await import('./KeepDialogs.tsx')).HandOverDialog)
