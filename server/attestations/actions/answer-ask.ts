import type { Input, Output } from '../../../contract/action.ts'
import type { attestations } from '../../../contract/attestations.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { askById, askOf, insertGaps, itemsOfAsk, recountAsk, saveAnswers, type StoredAsk } from '../asks-store.ts'
import { addCounts, attestationById } from '../attestations-store.ts'
import { keepAnswerMoments, keepProblemMoment } from '../moments.ts'
import { whyNotAnswer, whyNotDone, whyNotSay } from '../rules/why-not-attest.ts'
import { answerFacts, labelOf, shownAsk } from '../shown.ts'
import { heldAttestation } from './run-campaign.ts'

type Given = Pick<Input<typeof attestations.answer>, 'answers' | 'gaps' | 'done'>

/** One’s own answers. */
export async function answerMine(
  ctx: Ctx,
  input: Input<typeof attestations.answer>,
): Promise<Output<typeof attestations.answer>> {
  const found = await askById(ctx.tx, ctx.actor, input.id)
  // what is asked of others is nobody else's to see here, whatever else they may
  if (found === undefined || found.person_id !== ctx.actor.person) throw notFound('campaign')
  return take(ctx, found, input)
}

/** Answers for somebody else, recorded as such. */
export async function answerForAnother(
  ctx: Ctx,
  input: Input<typeof attestations.answerFor>,
): Promise<Output<typeof attestations.answerFor>> {
  const found = await askOf(ctx.tx, ctx.actor, input.id, input.person)
  if (found === undefined) throw notFound('person')
  return take(ctx, found, input)
}

/** Takes answers down. They can be given again until they are settled; what somebody no longer has by the register needs none. */
async function take(ctx: Ctx, found: StoredAsk, given: Given): Promise<Output<typeof attestations.answer>> {
  // the campaign before the person, as everybody takes them: two who wait for one another would both fail
  const t = await heldAttestation(ctx, { id: found.attestation_id })
  const k = (await askById(ctx.tx, ctx.actor, found.id, true))!
  refuse(whyNotAnswer(answerFacts(ctx.actor, t, k)))
  const known = new Map((await itemsOfAsk(ctx.tx, k.id)).map((item) => [item.id, item]))
  for (const said of given.answers) {
    const item = known.get(said.item)
    if (item === undefined || item.answer === 'gap') throw invalid('answers', 'attestations.item-unknown')
    refuse(whyNotSay({ tag: labelOf(item), isSettled: item.remedy !== null }, said))
  }
  const by = { at: ctx.now, name: ctx.actor.name, forThem: k.person_id !== ctx.actor.person }
  const list = given.answers.map(({ item, answer, note }) => ({ id: item, answer, note }))
  await saveAnswers(ctx.tx, list, by)
  const gaps = await insertGaps(ctx.tx, k, given.gaps, by)
  const now = await itemsOfAsk(ctx.tx, k.id)
  if (given.done) refuse(whyNotDone(now.filter((item) => item.held && item.answer === null).length))
  const isDone = given.done && k.done_at === null
  await recountAsk(ctx.tx, k.id, isDone ? { at: ctx.now, by: by.name, forThem: by.forThem } : null)
  const after = (await askById(ctx.tx, ctx.actor, k.id))!
  const count = (answer: string) =>
    now.filter((item) => item.answer === answer).length -
    [...known.values()].filter((item) => item.answer === answer).length
  if (list.length + gaps === 0 && !isDone) {
    ctx.unchanged()
    return shownAsk(ctx, t, after)
  }
  await addCounts(ctx.tx, t.id, {
    mine: count('mine'),
    not_mine: count('not_mine'),
    gaps,
    people_done: isDone ? 1 : 0,
    unsettled: after.unsettled - k.unsettled,
  })
  const cause = ctx.record({
    type: 'attestation.answered',
    subject: { kind: 'attestation_person', id: k.id },
    after: {
      person: k.person_name,
      for_them: by.forThem,
      mine: list.filter((one) => one.answer === 'mine').length,
      not_mine: list.filter((one) => one.answer === 'not_mine').length,
      gaps,
    },
  })
  // the history of a thing says so, and what is compared with the register hears of it
  for (const said of list) {
    const item = known.get(said.id)!
    if (item.asset_id !== null && item.answer !== said.answer && [item.answer, said.answer].includes('not_mine'))
      ctx.record({
        type: 'asset.attested',
        subject: { kind: 'asset', id: item.asset_id },
        after: { answer: said.answer, person: k.person_name, ...(said.note === '' ? {} : { note: said.note }) },
        cause,
      })
  }
  if (isDone) await keepAnswerMoments(ctx, t, [after], cause)
  const open = t.unsettled + after.unsettled - k.unsettled
  if (open > 0 && t.unsettled === 0) await keepProblemMoment(ctx, t, 'open', cause)
  if (open === 0 && t.unsettled > 0) await keepProblemMoment(ctx, t, 'settled', cause)
  return shownAsk(ctx, (await attestationById(ctx.tx, ctx.actor.organisation, t.id))!, after)
}
