/** The door of this capability. */
export { notificationRoutes } from './routes.ts'
export { insertNotices, type Notice, unreadCount } from './store.ts'
export { notificationSubject } from './subject.ts'
export { tellBouncing } from './tell-bouncing.ts'
