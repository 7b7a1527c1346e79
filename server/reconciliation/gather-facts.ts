import type { Entry, SectionName } from '../../contract/inventories.ts'
import type { Support } from '../../contract/life-cycles.ts'
import { assetsById, type StoredAsset } from '../assets/public.ts'
import { disownedAssets } from '../attestations/public.ts'
import { factsOfMany, modelWordsOf, type SeenFacts, seenFacts } from '../discovery/public.ts'
import { supportOfDevices } from '../life-cycles/public.ts'
import { personsByLogins } from '../people/public.ts'
import { type Ctx, todayOf } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { bearersOf } from './differences-store.ts'
import type { Subject } from './due-store.ts'
import type { Facts, SeenDevice } from './rules/facts.ts'
import { loginOf } from './rules/wrong-holder.ts'
import type { StoredSettings } from './settings.ts'

/** One subject with all that is known of it; of an asset also what it is filtered by. */
export interface Gathered {
  subject: Subject
  facts: Facts
  category: string | null
  location: string | null
}

/** What an agent that speaks of a section says of it, one list for each agent. */
const said = <S extends SectionName>(seen: SeenFacts, section: S): Entry<S>[][] =>
  seen.agents.flatMap(({ sections }) => (sections[section] === undefined ? [] : [sections[section] as Entry<S>[]]))

/** Keeps since when agents name the user they do; answers it by device. */
async function keepUsers(ctx: Ctx, users: readonly { device: string; login: string; at: string }[]) {
  if (users.length === 0) return new Map<string, string>()
  const { rows } = await sql<{ device_id: string; since: string }>`
    insert into device_users as u (device_id, login, since)
    select device, login, at from jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as g(device uuid, login text, at timestamptz) order by device
    on conflict (device_id) do update set login = excluded.login, since = case when u.login = excluded.login then u.since else excluded.since end
    returning device_id, since`.execute(ctx.tx)
  return new Map(rows.map((row) => [row.device_id, row.since]))
}

/**
 * What the register and agents say of subjects, any number of them with a fixed number of statements. A device that is an asset is compared as that
 * asset; one that is no asset as itself.
 */
export async function gatherFacts(
  ctx: Ctx,
  subjects: readonly Subject[],
  settings: StoredSettings,
  defaultUnseenDays: number,
): Promise<Gathered[]> {
  const { tx, now } = ctx
  const { organisation } = ctx.actor
  const assetIds = new Set(subjects.filter((one) => one.kind === 'asset').map((one) => one.id))
  const deviceIds = subjects.filter((one) => one.kind === 'device').map((one) => one.id)
  const seen = await seenFacts(tx, organisation, { assets: [...assetIds], devices: deviceIds })
  for (const { device } of seen)
    if (device.state === 'linked' && device.asset_id !== null) assetIds.add(device.asset_id)
  const assets = await assetsById(tx, organisation, [...assetIds])
  const users = seen.flatMap((one) => {
    const agent = one.agents.find((a) => a.task !== 'scan' && a.sections.hardware?.[0]?.lastUser != null)
    const login = loginOf(agent?.sections.hardware?.[0]?.lastUser ?? null)
    return agent === undefined || login === null ? [] : [{ device: one.device.id, login, saidAt: agent.last_seen_at }]
  })
  const since = await keepUsers(
    ctx,
    users.map(({ device, login, saidAt }) => ({ device, login: login.address ?? login.login, at: saidAt })),
  )
  const persons = await personsByLogins(
    tx,
    organisation,
    users.map((one) => one.login),
  )
  const userOf = new Map(users.map((one) => [one.device, one]))
  const bearers = await bearersOf(
    tx,
    organisation,
    seen.flatMap((one) => one.serials),
  )
  const facts = await factsOfMany(tx, [...assetIds])
  const disowned = await disownedAssets(tx, [...assetIds])
  const expected = new Set(
    (await sql<{ category_id: string }>`select category_id from seen_categories`.execute(tx)).rows.map(
      (row) => row.category_id,
    ),
  )
  for (const one of settings.categories) expected[one.expected ? 'add' : 'delete'](one.category)
  const daysOf = new Map(settings.categories.map((one) => [one.category, one.days]))
  const support = await supportOfDevices(
    tx,
    seen.map((one) => ({
      device: one.device.id,
      systems: said(one, 'operatingSystem').flat(),
      agents: one.agents.map((agent) => agent.number),
    })),
    todayOf(ctx),
    { keep: true },
  )

  const shown = (one: SeenFacts): SeenDevice => {
    const user = userOf.get(one.device.id)
    const bearer = one.serials
      .map((serial) => bearers.get(serial))
      .find((found) => found !== undefined && found.id !== one.device.asset_id && found.state !== 'disposed')
    return {
      id: one.device.id,
      kind: one.device.kind,
      name: one.device.name,
      state: one.device.state,
      address: one.device.address,
      firstSeenAt: one.device.first_seen_at,
      lastSeenAt:
        one.agents
          .map((agent) => agent.last_seen_at)
          .toSorted()
          .at(-1) ?? null,
      doubts: one.doubts,
      user:
        user === undefined
          ? null
          : {
              login: user.login.address ?? user.login.login,
              since: since.get(one.device.id) ?? user.saidAt,
              saidAt: user.saidAt,
              person: persons.get(user.login.address ?? user.login.login) ?? null,
            },
      antivirus: said(one, 'antivirus'),
      volumes: said(one, 'volumes'),
      disks: said(one, 'disks'),
      bearer:
        bearer === undefined ? null : { id: bearer.id, tag: bearer.tag, serial: bearer.serial, isSeen: bearer.isSeen },
    }
  }
  const base = { now, today: todayOf(ctx) }
  const ofAsset = new Map(seen.filter((one) => one.device.state === 'linked').map((one) => [one.device.asset_id!, one]))
  const gatheredAssets = assets.map((a): Gathered => {
    const one = ofAsset.get(a.id)
    const ended = one === undefined ? undefined : support.get(one.device.id)
    return {
      subject: { kind: 'asset', id: a.id },
      category: a.category_id,
      location: a.location_id,
      facts: {
        ...base,
        asset: assetFacts(a),
        device: one === undefined ? null : shown(one),
        facts: facts.get(a.id) ?? [],
        disowned: disowned.get(a.id) ?? null,
        isExpected: expected.has(a.category_id),
        unseenDays: daysOf.get(a.category_id) ?? defaultUnseenDays,
        os: ended?.system?.isOver === true ? endedOf(ended.system) : null,
        programs: (ended?.programs ?? []).map((one) => ({ ...endedOf(one.release), seen: one.seen })),
      },
    }
  })
  const own = new Set(deviceIds)
  const gatheredDevices = seen
    .filter((one) => own.has(one.device.id))
    .map((one): Gathered => {
      const device = shown(one)
      const isAsset = device.state === 'linked'
      return {
        subject: { kind: 'device', id: device.id },
        category: null,
        location: null,
        facts: {
          ...base,
          asset: null,
          // what is an asset is compared as that
          device: isAsset ? null : device,
          facts: [],
          disowned: null,
          isExpected: false,
          unseenDays: defaultUnseenDays,
          os: null,
          programs: [],
        },
      }
    })
  return [...gatheredAssets, ...gatheredDevices]
}

const endedOf = (one: Support) => ({
  product: one.product,
  title: one.label,
  on: one.until,
  extendedOn: one.extendedUntil,
  seen: '',
})

const assetFacts = (a: StoredAsset): Facts['asset'] => ({
  id: a.id,
  tag: a.tag,
  name: a.name,
  serial: a.serial,
  model: modelWordsOf(a),
  state: a.state,
  stateSince: a.state_since,
  categoryId: a.category_id,
  hasPlace: a.location_id !== null,
  holder: a.holder_kind === null ? null : { kind: a.holder_kind, id: a.holder_id ?? '', name: a.holder_name ?? '' },
  heldSince: a.held_since,
})
