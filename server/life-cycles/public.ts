/** The door of this capability. */
export { type DevicesMoved, lifeCycleTimer, productsMoved } from './name-programs.ts'
export { type DeviceSupport, supportOfDevices } from './support-of-devices.ts'
export { lifeCycleRoutes } from './routes.ts'
