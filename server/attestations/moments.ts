import { keepMoments } from '../commitments/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Ctx, dayAfter } from '../platform/ctx.ts'
import type { StoredAsk } from './asks-store.ts'
import type { StoredAttestation } from './attestations-store.ts'

const day = 86_400
/** Days in which a difference should be settled. */
const daysToSettle = 7

const nobody = { teams: [] }

/** Keeps it promised that the campaign is closed. */
export const keepCampaignMoment = (ctx: Ctx, t: StoredAttestation, cause: string): Promise<void> =>
  keepMoments(ctx, t.organisation_id, [
    {
      subject: { kind: 'attestation', id: t.id },
      owner: { person: t.owner_id, ...nobody },
      moments: [
        {
          kind: 'attestation_due',
          title: sentence('attestations.moment.due', { reference: t.reference, name: t.name }),
          on: t.state === 'running' ? t.due_on : null,
          warnSeconds: 2 * day,
          done: t.state === 'closed',
        },
        ...(t.state === 'running'
          ? []
          : [
              {
                kind: 'attestation_problem',
                title: sentence('attestations.moment.problem', { reference: t.reference, name: t.name }),
                on: null,
                warnSeconds: 0,
              },
            ]),
      ],
      cause,
    },
  ])

/** Keeps it promised that each of these people answers: they are reminded, and nobody else is told of it one by one. */
export const keepAnswerMoments = (
  ctx: Ctx,
  t: StoredAttestation,
  asks: readonly StoredAsk[],
  cause: string,
): Promise<void> =>
  keepMoments(
    ctx,
    t.organisation_id,
    asks.map((k) => ({
      subject: { kind: 'attestation_person', id: k.id },
      owner: { person: k.person_id, ...nobody },
      moments: [
        {
          kind: 'attestation_answer',
          title: sentence('attestations.moment.answer', { name: t.name }),
          on: t.state === 'running' && k.done_at === null ? t.due_on : null,
          warnSeconds: 3 * day,
          done: k.done_at !== null,
        },
      ],
      cause,
    })),
  )

/** Keeps it promised by whoever owns the campaign that what people say is settled: within days of the first difference. */
export const keepProblemMoment = (
  ctx: Ctx,
  t: StoredAttestation,
  step: 'open' | 'settled',
  cause: string,
): Promise<void> =>
  keepMoments(ctx, t.organisation_id, [
    {
      subject: { kind: 'attestation', id: t.id },
      owner: { person: t.owner_id, ...nobody },
      moments: [
        {
          kind: 'attestation_problem',
          title: sentence('attestations.moment.problem', { reference: t.reference, name: t.name }),
          on: step === 'open' ? dayAfter(ctx, daysToSettle) : null,
          warnSeconds: 2 * day,
          done: step === 'settled',
        },
      ],
      cause,
    },
  ])
