/** The door of this capability. */
export { catalogueRoutes } from './routes.ts'
export { followOrders } from './follow-orders.ts'
export { listMostOrdered, listServices } from './queries.ts'
export { serviceSubject } from './subject.ts'
