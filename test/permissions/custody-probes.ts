import { custodies } from '../../contract/custody.ts'
import type { Probe } from './probes.ts'

/** One good request to each action about who has what. */
export const custodyProbes: Record<string, Probe> = {
  'custody.list': ({ client }) => client(custodies.list, {}),
  'custody.hand-out': async ({ client, reader, ground }) =>
    client(custodies.handOut, { assets: [await ground.register.newAsset()], to: { kind: 'person', id: reader.id } }),
  'custody.transfer': async ({ client, reader, ground }) =>
    client(custodies.transfer, {
      assets: [await ground.register.givenAsset(null)],
      to: { kind: 'person', id: reader.id },
    }),
  'custody.take-back': async ({ client, ground }) =>
    client(custodies.takeBack, { assets: [await ground.register.givenAsset(null)] }),
  'custody.issue': async ({ client, reader, ground }) =>
    client(custodies.issue, {
      stock: await ground.register.newStock(),
      quantity: 1,
      to: { kind: 'person', id: reader.id },
    }),
  'custody.take-issued': async ({ client, ground }) =>
    client(custodies.takeIssued, { id: await ground.register.issued() }),
  'custody-terms.list': ({ client }) => client(custodies.terms, {}),
  'custody-terms.save': ({ client, ground, fresh }) =>
    client(custodies.saveTerms, { category: ground.register.category, body: fresh }),
  'my-things.list': ({ client }) => client(custodies.mine, {}),
  'my-things.show': async ({ client, reader, ground }) =>
    client(custodies.showMine, { asset: await ground.register.givenAsset(reader.id) }),
  'my-things.show#others': async ({ client, ground }) =>
    client(custodies.showMine, { asset: await ground.register.givenAsset(ground.asker.id) }),
  'my-things.answer': async ({ client, reader, ground }) =>
    client(custodies.answer, { id: await ground.register.toAnswer(reader.id), accept: true, signature: 'Myself' }),
}
