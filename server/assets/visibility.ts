import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'

/** Condition over an `assets a`: the actor has it, in person or through a device that the actor has. */
export const ownAsset = (actor: Actor): RawBuilder<boolean> =>
  actor.person === null
    ? sql<boolean>`false`
    : sql<boolean>`(a.organisation_id = ${actor.organisation} and ((a.holder_kind = 'person' and a.holder_id = ${actor.person})
        or (a.holder_kind = 'asset' and a.holder_id in (select h.id from assets h where h.holder_kind = 'person' and h.holder_id = ${actor.person}))))`

/**
 * Who sees an asset, as a condition over an `assets a`. This is the only statement of the rule. `assets.read`: every asset of the organisation;
 * everybody: what one has.
 */
export const visibleAsset = (actor: Actor): RawBuilder<boolean> =>
  may(actor.role, 'assets.read') ? sql<boolean>`(a.organisation_id = ${actor.organisation})` : ownAsset(actor)
