/** The door of this capability. */
export { type ReadMessage, readMessage } from './reading/read-message.ts'
