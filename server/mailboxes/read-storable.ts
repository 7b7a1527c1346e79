import { storable } from '../platform/rules/storable-text.ts'
import { type ReadMessage, readMessage } from './reading/read-message.ts'

/** Every text of a value as the database takes it; bytes stay as they are. */
function cleaned<T>(value: T): T {
  if (typeof value === 'string') return storable(value) as T
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(cleaned) as T
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)])) as T
}

/** Reads a message for what asks the database about it or writes it there: neither zeros nor half characters are left in its texts. */
export const readStorable = async (raw: Uint8Array): Promise<ReadMessage> => cleaned(await readMessage(raw))
