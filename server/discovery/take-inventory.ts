import { isAfter } from '../../contract/instants.ts'
import { sectionNames, type SectionName, type Sections } from '../../contract/inventories.ts'
import type { CustomValues } from '../fields/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { Problem } from '../platform/errors.ts'
import { hashOf, newId } from '../platform/identifiers.ts'
import {
  type AgentColumns,
  agentsOfDevice,
  agentsOfSender,
  candidatesFor,
  type Heard,
  insertAgent,
  lockIdentities,
  saveIdentity,
  saveSections,
  sectionHashes,
  seenUnchanged,
  type Sender,
  storedSections,
  type StoredAgent,
  updateAgent,
} from './agents-store.ts'
import { deviceById, insertDevice, notePairs, saveSummary, type StoredDevice } from './devices-store.ts'
import {
  type Changed,
  forgetOlder,
  finishInventory,
  keepInventory,
  type Outcome,
  type Received,
  type Violation,
} from './inventories-store.ts'
import { installedNow, internPrograms, saveInstalled } from './programs-store.ts'
import { actorOfKey } from './protocol/identify-agent.ts'
import type { StoredKey } from './keys-store.ts'
import { type Identity, identityOf, isNameless } from './rules/identity.ts'
import { type Match, matchDevice } from './rules/match-device.ts'
import type { Dialect } from './rules/media-types.ts'
import { programChanges } from './rules/program-changes.ts'
import { programKey, type Report, type SeenDevice } from './rules/read-report.ts'
import { serialKey } from '../assets/public.ts'
import { joinSummaries, summaryOf } from './rules/summary.ts'
import { sourceOf } from './rules/trust.ts'
import { changes } from '../platform/events.ts'
import { settleSeen } from './register-device.ts'
import { discoverySettings } from './settings.ts'

/** What taking in needs of the installation. */
export interface Intake {
  platform: Platform
  customValues: CustomValues
}

/** A report that was read, and how it came. */
export interface Taken {
  key: StoredKey
  received: Received
  report: Report
  dialect: Dialect
  /** Holds it against the published form; asked only where it says something new. */
  violations: () => Promise<{ violations: Violation[]; count: number }>
  textHash: Buffer | null
}

/** What told devices apart changed with these rules: all is read anew after an update. */
const rulesVersion = 1
/** Of the text of a report without what moves by itself. */
export const hashOfText = (text: string): Buffer => hashOf(`${rulesVersion} ${text}`)
const hashOfValue = (value: unknown): Buffer => hashOf(JSON.stringify([rulesVersion, value]))

/** Devices of one report: all are taken in within one transaction. */
const mostDevices = 2000

/**
 * Takes in what an agent saw. What it said last time moves `last seen` and nothing else; of what is new only the difference is written. `kept`
 * is the id of the report where it was stored first. Throws a 400 where nothing tells which machine it is of, or where it is of too many.
 */
export async function takeReport(intake: Intake, taken: Taken, kept: string | null = null): Promise<void> {
  const { platform } = intake
  const { db } = platform.database
  const { report, key, received } = taken
  const sender: Sender = {
    organisation: key.organisation,
    sentId: report.sentId,
    task: report.task,
    dialect: taken.dialect,
  }
  const heard: Heard = { client: received.client ?? report.client, address: received.address, key: received.key }
  const now = received.receivedAt
  if (report.devices.length > mostDevices)
    throw new Problem(400, 'discovery.too-many-devices', { most: mostDevices.toLocaleString('en') })
  const contentHash = hashOfValue([report.partial, report.devices])
  const isKnown = report.devices.length === 1 && (await seenUnchanged(db, sender, { contentHash }, heard, now))
  if (isKnown) {
    if (kept !== null) await finishInventory(db, kept, { outcome: 'unchanged' })
    return
  }
  const { violations, count } = await taken.violations()
  const programs = await Promise.all(
    report.devices.map((device) => internPrograms(db, key.organisation, device.programs ?? [])),
  )
  await runCommand(
    platform,
    actorOfKey(key),
    async (ctx) => {
      // every act below says what it changed; a repeat changes nothing
      ctx.unchanged()
      const { customValues } = intake
      const taking = { ...taken, customValues, sender, heard, contentHash, violationCount: count }
      const identities = report.devices.map((device) => identityIn(report, device))
      await lockIdentities(ctx.tx, key.organisation, identities, report.sentId)
      if (identities.every(isNameless)) throw new Problem(400, 'discovery.nameless')
      // the report is held with the first of its devices
      let holder: string | null = null
      for (const [at, device] of report.devices.entries()) {
        const seen = await takeDevice(
          ctx,
          { ...taking, said: identities[at]!, keptAt: kept === null ? null : received.receivedAt },
          device,
          programs[at]!,
        )
        if (seen === null) continue
        const outcome: Outcome = {
          outcome: seen.isFirst ? 'first' : 'changed',
          agent: seen.agent,
          task: report.task,
          partial: report.partial,
          changed: seen.changed,
          violations,
          violationCount: count,
        }
        const id = await keepInventory(ctx.tx, received, outcome, { kept, holder })
        holder ??= id
        await forgetOlder(ctx.tx, seen.agent, (await discoverySettings(ctx.tx, key.organisation)).keep)
      }
      if (holder === null && kept !== null) await finishInventory(ctx.tx, kept, { outcome: 'unchanged' })
    },
    { now, name: 'take an inventory' },
  )
}

/** What one device is taken in with. */
interface Taking extends Pick<Taken, 'dialect' | 'textHash'> {
  report: Pick<Report, 'sentId' | 'task' | 'partial' | 'tag'>
  customValues: CustomValues
  sender: Sender
  heard: Heard
  contentHash: Buffer
  violationCount: number
  said: Identity
  /** When it was kept, where that was first: newer words may have come before it. */
  keptAt: string | null
}

/** Of what an export says of a device, to know it again. */
export const exportedHash = (device: SeenDevice): Buffer => hashOfValue(device)
export const hashOfIdentity = (identity: Identity): Buffer => hashOfValue(identity)

/** Takes in what an export says of one device, as the report of an observer. `ctx.now` is the moment at which the program saw it. */
export async function takeExported(
  ctx: Ctx,
  customValues: CustomValues,
  { sender, heard, identity, device }: { sender: Sender; heard: Heard; identity: Identity; device: SeenDevice },
): Promise<void> {
  const { sentId, task, dialect } = sender
  const taking: Taking = {
    report: { sentId, task, partial: false, tag: null },
    customValues,
    sender,
    dialect,
    heard,
    contentHash: exportedHash(device),
    textHash: null,
    violationCount: 0,
    said: identity,
    keptAt: null,
  }
  await takeDevice(ctx, taking, device, new Map())
}

const identityIn = ({ task, sentId }: Report, { sections }: SeenDevice): Identity =>
  identityOf(sections, task === 'scan' ? null : sentId || null, serialKey)

/** Whether an agent has said something since. Only a whole report is outdone by it: of another's sections a partial one says nothing. */
const isOutdone = ({ report, keptAt }: Taking, agent: StoredAgent | null): boolean =>
  keptAt !== null &&
  !report.partial &&
  agent !== null &&
  (isAfter(agent.changed_at, keptAt) || (agent.programs_at !== null && isAfter(agent.programs_at, keptAt)))

interface Seen {
  agent: string
  isFirst: boolean
  changed: Changed
}

/** Null where nothing tells which device it is, or where newer words of it were taken in before. */
async function takeDevice(
  ctx: Ctx,
  taking: Taking,
  device: SeenDevice,
  numbers: ReadonlyMap<string, number>,
): Promise<Seen | null> {
  const { sender, report, said } = taking
  const { tx } = ctx
  const found = await findDevice(ctx, sender, said, device)
  if (found === null || isOutdone(taking, found.agent)) return null
  const stored = found.agent === null || !report.partial ? {} : await storedSections(tx, found.agent.id)
  const sections: Sections = { ...stored, ...device.sections }
  const identity = report.partial ? identityOf(sections, said.agent, serialKey) : said
  const programsHash = device.programs === null ? null : hashOfValue(device.programs)
  const columns: AgentColumns = {
    sentId: report.sentId,
    client: taking.heard.client,
    tag: report.tag,
    identityHash: hashOfValue(identity),
    contentHash: taking.contentHash,
    textHash: taking.textHash,
    programsHash,
    violations: taking.violationCount,
  }
  const id = found.agent?.id ?? newId()
  const number =
    found.agent?.number ?? (await insertAgent(tx, id, found.device.id, sender, columns, taking.heard, ctx.now))
  if (!found.agent?.identity_hash.equals(columns.identityHash))
    await saveIdentity(tx, sender.organisation, id, identity)
  const changedSections = await changeSections(ctx, id, device.sections, report.partial, found.agent !== null)
  const changed: Changed = { sections: changedSections, added: 0, gone: 0 }
  if (device.programs !== null && !found.agent?.programs_hash?.equals(programsHash!)) {
    const is = new Map(device.programs.map((program) => [numbers.get(programKey(program))!, program.installedOn]))
    const difference = programChanges(found.agent === null ? new Map() : await installedNow(tx, number), is)
    await saveInstalled(tx, number, difference, found.agent?.programs_at ?? null, ctx.now)
    changed.added = difference.added.length
    changed.gone = difference.gone.length
  }
  const isChanged = changedSections.length + changed.added + changed.gone > 0
  if (found.agent !== null) await updateAgent(tx, id, columns, taking.heard, ctx.now, isChanged)
  const summary = summaryOf(device.kind, sections)
  await summarise(ctx, found, summary, taking.dialect, { isChanged, changed })
  const source = sourceOf(report.task)
  await settleSeen(ctx, taking.customValues, found.device, { summary, source, agent: id }, found.isNew && found.isClear)
  return { agent: id, isFirst: found.agent === null, changed }
}

interface Found {
  device: StoredDevice
  agent: StoredAgent | null
  isNew: boolean
  /** No person must look at it first. */
  isClear: boolean
  others: Dialect[]
}

/** The device that was seen, made where it is new, and the agent on it that continues; null where nothing tells what it is. */
async function findDevice(ctx: Ctx, sender: Sender, identity: Identity, seen: SeenDevice): Promise<Found | null> {
  const { tx } = ctx
  const hash = hashOfValue(identity)
  const own = (await agentsOfSender(tx, sender)).find((agent) => agent.identity_hash.equals(hash))
  if (own !== undefined) {
    const others = (await agentsOfDevice(tx, own.device_id)).filter((one) => one.id !== own.id)
    const device = (await deviceById(tx, sender.organisation, own.device_id, true))!
    return { device, agent: own, isNew: false, isClear: true, others: others.map((one) => one.dialect) }
  }
  if (isNameless(identity)) return null
  const match: Match = matchDevice(identity, await candidatesFor(tx, sender.organisation, identity))
  const id = match.device ?? (await insertDevice(tx, sender.organisation, summaryOf(seen.kind, seen.sections), ctx.now))
  await notePairs(tx, sender.organisation, id, match.doubts, ctx.now)
  const device = (await deviceById(tx, sender.organisation, id, true))!
  const there = match.device === null ? [] : await agentsOfDevice(tx, id)
  // installed anew it has another id, and goes on where the one before ended
  const same = there.filter((one) => one.dialect === sender.dialect && one.task === sender.task)
  const agent = same.find((one) => one.sent_id === sender.sentId) ?? same[0] ?? null
  if (match.device === null)
    ctx.record({
      type: 'device.appeared',
      subject: { kind: 'device', id },
      after: { name: device.name, serial: device.serial, doubts: match.doubts.length },
    })
  return {
    device,
    agent,
    isNew: match.device === null,
    isClear: match.doubts.length === 0,
    others: there.filter((one) => one !== agent).map((one) => one.dialect),
  }
}

/** Replaces the sections that a report carries; a whole report also ends those it leaves out. Answers their names. */
async function changeSections(
  ctx: Ctx,
  agent: string,
  sections: Sections,
  isPartial: boolean,
  isKnown: boolean,
): Promise<SectionName[]> {
  const was = isKnown ? await sectionHashes(ctx.tx, agent) : new Map<SectionName, Buffer>()
  const carried = sectionNames.flatMap((section) => {
    const content = sections[section]
    return content === undefined ? [] : [{ section, content, hash: hashOfValue(content) }]
  })
  const changed = carried.filter(({ section, hash }) => !was.get(section)?.equals(hash))
  const gone = isPartial ? [] : [...was.keys()].filter((section) => sections[section] === undefined)
  await saveSections(ctx.tx, agent, changed, gone, ctx.now)
  return [...changed.map(({ section }) => section), ...gone]
}

async function summarise(
  ctx: Ctx,
  { device, isNew, others }: Found,
  is: ReturnType<typeof summaryOf>,
  dialect: Dialect,
  { isChanged, changed }: { isChanged: boolean; changed: Changed },
): Promise<void> {
  if (isNew) return
  const { kind, name, serial, manufacturer, model, os, address } = device
  const was = { kind, name, serial, manufacturer, model, os, address }
  const joined = joinSummaries(was, others, is, dialect)
  const difference = changes(was, joined)
  if (Object.keys(difference.after).length > 0) await saveSummary(ctx.tx, device.id, joined)
  if (!isChanged) return
  ctx.record({
    type: 'device.changed',
    subject: { kind: 'device', id: device.id },
    before: difference.before,
    after: { ...difference.after, sections: changed.sections, added: changed.added, gone: changed.gone },
  })
}
