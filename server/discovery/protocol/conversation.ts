import { Problem } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Platform } from '../../platform/platform.ts'
import { addJob } from '../../platform/platform.ts'
import { sentence } from '../../platform/catalogue.ts'
import { seenGreeting, seenUnchanged } from '../agents-store.ts'
import { forgetUnreadable, insertInventory, type Received, stateOfRequest } from '../inventories-store.ts'
import type { StoredKey } from '../keys-store.ts'
import { dialectOf, type Dialect, type Packing } from '../rules/media-types.ts'
import { readReport, sentIdOf } from '../rules/read-report.ts'
import { discoverySettings } from '../settings.ts'
import { hashOfText, type Intake, takeReport } from '../take-inventory.ts'
import { violationsOf } from '../violations.ts'
import { packed } from './packed.ts'
import { type Message, readMessage, sentIdIn, stillText } from './read-message.ts'
import { type Answered, replies, wantsOf } from './replies.ts'

/** How a message came. */
export interface Came {
  key: StoredKey
  /** As it came, packed. */
  body: Buffer
  packing: Packing
  contentType: string
  bytes: Buffer
  userAgent: string | null
  /** `GLPI-Agent-ID`: the agent speaks JSON, whatever it says now. */
  agentId: string | null
  address: string
}

/** Larger ones are kept and read by a job of their own. */
const mostAtOnce = 4 * 1024 * 1024
const settingsFor = new Map<string, { hours: number; until: number }>()

async function hoursOf(platform: Platform, organisation: string): Promise<number> {
  const known = settingsFor.get(organisation)
  if (known !== undefined && known.until > Date.now()) return known.hours
  const { everyHours } = await discoverySettings(platform.database.db, organisation)
  settingsFor.set(organisation, { hours: everyHours, until: Date.now() + 5000 })
  return everyHours
}

/** What to answer an agent. A report that cannot be read is kept, and said to be unreadable. */
export async function converse(intake: Intake, came: Came): Promise<Answered> {
  const { platform } = intake
  const { key, bytes } = came
  const now = new Date().toISOString()
  const dialect = dialectOf(came.userAgent, came.agentId === null ? null : 'glpi-agent')
  const hours = await hoursOf(platform, key.organisation)
  const received = (): Promise<Received> => receivedOf(came, now)
  if (bytes.length > mostAtOnce) return keepForLater(platform, came, await received(), hours)
  const heard = { client: came.userAgent, address: came.address, key: key.id }
  // most reports say what the one before said: that is seen without reading them
  const text = bytes[0] === 0x3c ? bytes.toString('latin1') : null
  const sentId = text === null ? null : sentIdIn(text)
  const textHash = text === null ? null : hashOfText(stillText(text))
  if (textHash !== null && sentId !== null) {
    const sender = { organisation: key.organisation, sentId, task: 'inventory' as const, dialect }
    if (await seenUnchanged(platform.database.db, sender, { textHash }, heard, now))
      return replies.taken(came.agentId === null ? 'xml' : 'json', hours, dialect === 'ocs')
  }
  let message: Message
  try {
    message = readMessage(bytes)
  } catch (error) {
    if (error instanceof Problem) await keepUnreadable(platform, await received(), error)
    throw error
  }
  const form = message.form === 'json' || came.agentId !== null ? 'json' : 'xml'
  switch (wantsOf(message.sent)) {
    case 'prolog':
      await seenGreeting(platform.database.db, key.organisation, sentIdOf(message.sent), heard, now)
      return form === 'json' ? replies.comeNow() : replies.sendNow(hours)
    case 'contact':
      await seenGreeting(platform.database.db, key.organisation, sentIdOf(message.sent), heard, now)
      return replies.contact(hours)
    case 'inventory':
      await take(intake, { key, received: await received(), message, dialect, textHash })
      return replies.taken(form, hours, dialect === 'ocs')
    case 'unknown':
      return form === 'json'
        ? replies.refused('json', 501, sentence('discovery.unknown-query'))
        : replies.refused('xml', 200, sentence('discovery.unknown-query'))
  }
}

interface Takes {
  key: StoredKey
  received: Received
  message: Message
  dialect: Dialect
  textHash: Buffer | null
}

/** Takes a report in; one that cannot be is kept and refused, one that fails by a fault of ours is kept and tried again. */
async function take(intake: Intake, { key, received, message, dialect, textHash }: Takes): Promise<void> {
  try {
    const report = readReport(message.sent)
    const speaker = dialect === 'other' ? dialectOf(report.client) : dialect
    await takeReport(intake, {
      key,
      received,
      report,
      dialect: speaker,
      violations: () => violationsOf(message.json),
      textHash,
    })
  } catch (error) {
    if (error instanceof Problem && error.status < 500) {
      await keepUnreadable(intake.platform, received, error)
      throw error
    }
    intake.platform.log.error(
      { error: (error as Error).message },
      'an inventory could not be taken in; it is kept and tried again',
    )
    await keepAndTry(intake.platform, received)
  }
}

async function keepUnreadable({ database }: Platform, received: Received, { code, params }: Problem): Promise<void> {
  await insertInventory(database.db, received, { outcome: 'unreadable', error: { code, params } })
  await forgetUnreadable(database.db, received.organisation)
}

const keepAndTry = (platform: Platform, received: Received): Promise<void> =>
  platform.database.db.transaction().execute(async (tx) => {
    const id = await insertInventory(tx, received, { outcome: 'waiting' })
    await addJob(tx, { task: 'take-inventory', payload: { inventory: id }, options: { key: `take-inventory:${id}` } })
  })

async function keepForLater(platform: Platform, came: Came, received: Received, hours: number): Promise<Answered> {
  const requestId = newId().replaceAll('-', '').slice(-8).toUpperCase()
  await keepAndTry(platform, { ...received, requestId })
  const isJson = came.agentId !== null || came.bytes[0] === 0x7b
  return isJson ? replies.pending(requestId, '10s') : replies.taken('xml', hours, dialectOf(came.userAgent) === 'ocs')
}

/** What became of a report that was kept first, for the agent that asks. */
export async function answerPoll(platform: Platform, key: StoredKey, requestId: string): Promise<Answered> {
  const outcome = await stateOfRequest(platform.database.db, key.organisation, requestId)
  if (outcome === 'waiting' || outcome === 'failed') return replies.pending(requestId, '10s')
  if (outcome === 'unreadable') return replies.refused('json', 400, sentence('discovery.not-readable'))
  return replies.taken('json', await hoursOf(platform, key.organisation), false)
}

async function receivedOf(came: Came, now: string): Promise<Received> {
  const isKeptAsIs = came.packing === 'zlib'
  return {
    organisation: came.key.organisation,
    key: came.key.id,
    requestId: null,
    receivedAt: now,
    contentType: came.contentType.slice(0, 200),
    body: isKeptAsIs ? came.body : await packed(came.bytes, 'zlib'),
    size: came.bytes.length,
    address: came.address,
    client: came.userAgent,
  }
}
