/** The door of this capability. */
export { WebhookSender } from './deliver.ts'
export { webhookRoutes } from './routes.ts'
export { webhookTap } from './tap.ts'
