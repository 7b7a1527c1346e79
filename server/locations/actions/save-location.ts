import type { Input, Output } from '../../../contract/action.ts'
import type { Location, locations } from '../../../contract/locations.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { whyNotKind, whyNotPlace } from '../rules/why-not-place.ts'
import {
  allLocations,
  childrenOf,
  holdTree,
  insertLocation,
  type LocationColumns,
  locationById,
  saveLocation,
  type StoredLocation,
} from '../store.ts'

export interface LocationParts {
  /** Names of those of the ids that are persons of the organisation. */
  personNames: (db: Db, organisation: string, ids: readonly string[]) => Promise<Map<string, string>>
}

async function shown(ctx: Ctx, parts: LocationParts, rows: readonly StoredLocation[]): Promise<Location[]> {
  const contacts = rows.flatMap((l) => l.contact_id ?? [])
  const names =
    contacts.length === 0
      ? new Map<string, string>()
      : await parts.personNames(ctx.tx, ctx.actor.organisation, contacts)
  return rows.map((l) => ({
    id: l.id,
    version: l.version,
    kind: l.kind,
    name: l.name,
    fullName: l.full_name,
    parent: l.parent_id,
    depth: l.path.split('/').length - 3,
    street: l.street,
    postalCode: l.postal_code,
    city: l.city,
    region: l.region,
    country: l.country,
    contact: l.contact_id === null ? null : { id: l.contact_id, name: names.get(l.contact_id) ?? '' },
    note: l.note,
    active: l.active,
    refusals: {},
  }))
}

export const listLocations =
  (parts: LocationParts) =>
  async (ctx: Ctx, input: Input<typeof locations.list>): Promise<Output<typeof locations.list>> => ({
    items: await shown(ctx, parts, await allLocations(ctx.tx, ctx.actor.organisation, input)),
  })

export const showLocation =
  (parts: LocationParts) =>
  async (ctx: Ctx, input: Input<typeof locations.show>): Promise<Output<typeof locations.show>> => {
    const found = await locationById(ctx.tx, ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('location')
    return (await shown(ctx, parts, [found]))[0]!
  }

type Given = Omit<Input<typeof locations.edit>, 'id' | 'version'>

/** From input to columns: what is not given stays. */
const columnsOf = (given: Given, before: LocationColumns): LocationColumns => ({
  kind: given.kind ?? before.kind,
  name: given.name ?? before.name,
  parent_id: given.parent === undefined ? before.parent_id : given.parent,
  street: given.street === undefined ? before.street : given.street,
  postal_code: given.postalCode === undefined ? before.postal_code : given.postalCode,
  city: given.city === undefined ? before.city : given.city,
  region: given.region === undefined ? before.region : given.region,
  country: given.country === undefined ? before.country : given.country,
  contact_id: given.contact === undefined ? before.contact_id : given.contact,
  note: given.note ?? before.note,
  active: given.active ?? before.active,
})

/** The location with its place in the tree, or why it cannot be there. */
async function placed(ctx: Ctx, parts: LocationParts, id: string, columns: LocationColumns, version: number) {
  const { organisation } = ctx.actor
  const parent = columns.parent_id === null ? null : await locationById(ctx.tx, organisation, columns.parent_id)
  if (parent === undefined) throw invalid('parent', 'locations.parent-unknown')
  refuse(whyNotPlace({ id, kind: columns.kind }, parent))
  if (columns.contact_id !== null) {
    const known = await parts.personNames(ctx.tx, organisation, [columns.contact_id])
    if (!known.has(columns.contact_id)) throw invalid('contact', 'locations.contact-unknown')
  }
  return {
    ...columns,
    id,
    version,
    path: `${parent?.path ?? '/'}${id}/`,
    full_name: parent === null ? columns.name : `${parent.full_name} / ${columns.name}`,
  }
}

const nothing: LocationColumns = {
  kind: 'site',
  name: '',
  parent_id: null,
  street: null,
  postal_code: null,
  city: null,
  region: null,
  country: null,
  contact_id: null,
  note: '',
  active: true,
}

export const createLocation =
  (parts: LocationParts) =>
  async (ctx: Ctx, input: Input<typeof locations.create>): Promise<Output<typeof locations.create>> => {
    await holdTree(ctx.tx, ctx.actor.organisation)
    const made = await placed(ctx, parts, newId(), columnsOf(input, nothing), 1)
    await insertLocation(ctx.tx, ctx.actor.organisation, made)
    const { path: _path, version: _version, id, ...after } = made
    ctx.record({ type: 'location.created', subject: { kind: 'location', id }, after })
    return (await shown(ctx, parts, [made]))[0]!
  }

/** Changes a location. A move takes along whatever is inside and is recorded as one, with the old and the new place. */
export const editLocation =
  (parts: LocationParts) =>
  async (ctx: Ctx, input: Input<typeof locations.edit>): Promise<Output<typeof locations.edit>> => {
    await holdTree(ctx.tx, ctx.actor.organisation)
    const before = await locationById(ctx.tx, ctx.actor.organisation, input.id, true)
    if (before === undefined) throw notFound('location')
    if (input.version !== undefined && input.version !== before.version)
      throw stale((await shown(ctx, parts, [before]))[0]!, input)
    const after = await placed(ctx, parts, before.id, columnsOf(input, before), before.version + 1)
    const children = await childrenOf(ctx.tx, before.id)
    refuse(
      whyNotKind(
        after.kind,
        children.map((child) => child.kind),
      ),
    )
    if (!after.active && children.some((child) => child.active)) refuse({ code: 'locations.holds-places' })
    const { path: _path, version: _version, ...told } = after
    const change = changes(before, told)
    if (Object.keys(change.after).length === 0) {
      ctx.unchanged()
      return (await shown(ctx, parts, [before]))[0]!
    }
    await saveLocation(ctx.tx, before, after)
    const type = before.parent_id === after.parent_id ? 'location.changed' : 'location.moved'
    ctx.record({ type, subject: { kind: 'location', id: before.id }, ...change })
    return (await shown(ctx, parts, [after]))[0]!
  }
