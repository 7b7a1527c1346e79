import { later } from '../ui/later.tsx'

export const ExplainDrawer = later(async () => (await import('./Explain.tsx')).ExplainDrawer)
export const WaiveDialog = later(async () => (await import('./WaiveDialog.tsx')).WaiveDialog)
