/** The door of this capability. */
export { MailFetcher } from './imap/mail-fetcher.ts'
export { mountMailGateway } from './mount-gateway.ts'
export { mailboxRoutes } from './routes.ts'
export { type RawMail, storeRaw } from './store-raw.ts'
export { incomingSubject, mailboxSubject } from './subject.ts'
export { type ExplainedMail, explainedInWords, explainMail } from './explain-mail.ts'
export { type ReadMessage, readMessage } from './reading/read-message.ts'
