/** The door of this capability. */
export { vendorRoutes } from './routes.ts'
export { type NewVendor, VendorNames, writeVendors } from './vendor-names.ts'
export { vendorSubject } from './subject.ts'
