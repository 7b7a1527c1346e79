import { approvals } from '../../contract/approvals.ts'
import { ApiError } from '../../contract/client.ts'
import type { Cell, Probe } from './probes.ts'

const definition = (person: string) => ({
  stages: [{ name: 'Only', approvers: [{ kind: 'person' as const, id: person }] }],
})
/** An approval about the ticket of the situation. */
const about = ({ ground, ticket }: Cell, decider: string) =>
  ground.insider(approvals.ask, {
    about: { kind: 'ticket', id: ticket.id },
    title: ticket.title,
    definition: definition(decider),
  })

/** One good request to each action about approvals. */
export const approvalProbes: Record<string, Probe> = {
  'my-approvals.list': ({ client }) => client(approvals.mine, {}),
  'approvals.of': async (cell) => {
    const { id } = await about(cell, cell.ground.asker.id)
    if (!(await cell.client(approvals.of, { subject: cell.ticket.id })).items.some((a) => a.id === id))
      throw new ApiError(404, { code: 'left-out', message: 'left out of the list', requestId: '' })
  },
  'approvals.show': async (cell) => cell.client(approvals.show, { id: (await about(cell, cell.ground.asker.id)).id }),
  'approvals.ask': ({ client, ticket, ground }) =>
    client(approvals.ask, {
      about: { kind: 'ticket', id: ticket.id },
      title: ticket.title,
      definition: definition(ground.asker.id),
    }),
  'approvals.decide': async (cell) => {
    const { id } = await about(cell, cell.reader.id)
    return cell.client(approvals.decide, { id, approve: true })
  },
  'approvals.decide#of another': async (cell) => {
    const { id } = await about(cell, cell.ground.asker.id)
    return cell.client(approvals.decide, { id, approve: true })
  },
  'approvals.give': async (cell) => {
    const { id, stages } = await about(cell, cell.ground.asker.id)
    return cell.client(approvals.give, {
      id,
      seat: stages[0]!.seats[0]!.id,
      person: cell.ground.server.id,
      reason: cell.fresh,
    })
  },
  'approvals.withdraw': async (cell) =>
    cell.client(approvals.withdraw, { id: (await about(cell, cell.ground.asker.id)).id }),
}
