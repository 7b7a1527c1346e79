import { randomUUID } from 'node:crypto'
import { attestations } from '../../contract/attestations.ts'
import type { Ground } from './ground.ts'
import type { Probe } from './probes.ts'

const asked = (person: string) => ({
  name: 'Some campaign',
  dueOn: '2090-01-01',
  who: { kind: 'people' as const, people: [person] },
})

/** A campaign that asks one person about one thing at least. */
export async function campaignOf(ground: Ground, person: string) {
  await ground.register.givenAsset(person)
  const { id } = await ground.insider(attestations.start, asked(person))
  const ask = await ground.insider(attestations.ask, { id, person })
  return { campaign: id, person, ask: ask.id }
}
const ofAsker = (ground: Ground) => campaignOf(ground, ground.asker.id)
const gap = () => ({ id: randomUUID(), note: 'Something else' })

/** One good request to each action about what people say of what they have. */
export const attestationProbes: Record<string, Probe> = {
  'attestations.list': ({ client }) => client(attestations.list, {}),
  'attestations.show': async ({ client, ground }) =>
    client(attestations.show, { id: (await ofAsker(ground)).campaign }),
  'attestations.people': async ({ client, ground }) =>
    client(attestations.people, { id: (await ofAsker(ground)).campaign }),
  'attestations.differences': async ({ client, ground }) =>
    client(attestations.differences, { id: (await ofAsker(ground)).campaign }),
  'attestations.ask': async ({ client, ground }) => {
    const { campaign: id, person } = await ofAsker(ground)
    return client(attestations.ask, { id, person })
  },
  'attestations.history': async ({ client, ground }) =>
    client(attestations.history, { id: (await ofAsker(ground)).campaign }),
  'attestations.start': async ({ client, ground }) => {
    await ground.register.givenAsset(ground.asker.id)
    return client(attestations.start, { ...asked(ground.asker.id), owner: ground.asker.id })
  },
  'attestations.move': async ({ client, ground }) =>
    client(attestations.move, { id: (await ofAsker(ground)).campaign, dueOn: '2090-02-02' }),
  'attestations.answer-for': async ({ client, ground }) => {
    const { campaign: id, person } = await ofAsker(ground)
    return client(attestations.answerFor, { id, person, gaps: [gap()] })
  },
  'attestations.settle': async ({ client, ground }) => {
    const { campaign: id, person } = await ofAsker(ground)
    const missing = gap()
    await ground.insider(attestations.answerFor, { id, person, gaps: [missing] })
    return client(attestations.settle, { id, items: [missing.id], remedy: 'leave', reason: 'not ours' })
  },
  'attestations.close': async ({ client, ground }) =>
    client(attestations.close, { id: (await ofAsker(ground)).campaign }),
  'attestations.cancel': async ({ client, ground }) =>
    client(attestations.cancel, { id: (await ofAsker(ground)).campaign, reason: 'not needed' }),
  'my-attestations.list': ({ client }) => client(attestations.mine, {}),
  'my-attestations.answer': async ({ client, reader, ground }) =>
    client(attestations.answer, { id: (await campaignOf(ground, reader.id)).ask, gaps: [gap()] }),
  'my-attestations.answer#of another': async ({ client, ground }) =>
    client(attestations.answer, { id: (await ofAsker(ground)).ask, gaps: [gap()] }),
}
