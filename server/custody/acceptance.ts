import { keepMoments } from '../commitments/public.ts'
import { insertNotices } from '../notifications/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Ctx, dayAfter } from '../platform/ctx.ts'
import { termsInForce } from './terms-store.ts'
import type { StoredCustody } from './custody-store.ts'

/** Days in which a holder should answer; then whoever handed the thing out hears of it. */
const daysToAnswer = 7
const warnSeconds = 2 * 86_400
/** Days in which something declined should be taken back or settled. */
const daysToSettle = 2

/** The terms to be accepted for things of a category: its own, else those for all others; null where there is nothing to accept. */
export async function termsFor(ctx: Ctx): Promise<(category: string) => { id: string; body: string } | null> {
  const all = await termsInForce(ctx.tx, ctx.actor.organisation)
  return (category) => {
    const found = all.find((t) => t.category_id === category) ?? all.find((t) => t.category_id === null)
    return found === undefined || found.body === '' ? null : { id: found.id, body: found.body }
  }
}

/** `wanted`: an answer is waited for; `accepted` and `declined`: it came; `over`: the thing is with somebody else, or back. */
export type AcceptanceStep = 'wanted' | 'accepted' | 'declined' | 'over'

/** Keeps what is promised about answers in step: somebody must see to what is not answered, and to what was declined. */
export async function keepAcceptances(
  ctx: Ctx,
  list: readonly { asset: string; tag: string; holder: string; owner: string | null; step: AcceptanceStep }[],
  cause: string,
): Promise<void> {
  if (list.length === 0) return
  await keepMoments(
    ctx,
    ctx.actor.organisation,
    list.map(({ asset, tag, holder, owner, step }) => ({
      subject: { kind: 'asset', id: asset },
      owner: { person: owner, teams: [] },
      moments: [
        {
          kind: 'acceptance',
          title: sentence('custody.moment.acceptance', { tag, holder }),
          on: step === 'wanted' ? dayAfter(ctx, daysToAnswer) : null,
          warnSeconds,
          done: step === 'accepted' || step === 'declined',
          anew: step === 'wanted',
        },
        {
          kind: 'declined',
          title: sentence('custody.moment.declined', { tag, holder }),
          on: step === 'declined' ? dayAfter(ctx, daysToSettle) : null,
          warnSeconds: 0,
          done: step === 'over' || step === 'wanted',
          anew: step === 'declined',
        },
      ],
      cause,
    })),
  )
}

/** Tells a person what they were given, once for all that came together. */
export async function tellGiven(ctx: Ctx, given: readonly StoredCustody[], cause: string): Promise<void> {
  const [first] = given
  if (first === undefined || first.holder_kind !== 'person' || first.holder_id === ctx.actor.person) return
  const waiting = given.filter((c) => c.acceptance === 'waiting').length
  await insertNotices(ctx.tx, [
    {
      person: first.holder_id,
      kind: 'custody.given',
      code: 'custody.notice.given',
      params: {
        by: ctx.actor.name,
        what: first.stock_name ?? [first.asset_tag, first.asset_name].filter(Boolean).join(' '),
        more: given.length - 1,
        waiting,
      },
      subject: { kind: 'custody', id: first.id },
      cause: `custody:${cause}`,
      at: ctx.now,
    },
  ])
}
