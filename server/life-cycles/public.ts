/** The door of this capability. */
export { type DevicesMoved, lifeCycleTimer } from './name-programs.ts'
export { type DeviceSupport, supportOfDevices } from './support-of-devices.ts'
export { lifeCyclesImport } from './imports/life-cycles-import.ts'
export { lifeCycleRoutes } from './routes.ts'
