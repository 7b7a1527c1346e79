import { approvals } from '../../contract/approvals.ts'
import { catalogue, catalogueSetup } from '../../contract/catalogue.ts'
import type { Client } from '../../contract/client.ts'
import { people } from '../../contract/people.ts'

/** Two services, an order that waits for approval, and an approval that waits for the administrator. */
export async function furnishCatalogue(
  admin: Client,
  self: string,
): Promise<{ service: string; approval: string; order: string }> {
  const category = (await admin(catalogueSetup.createCategory, { name: 'Workplace' })).id
  const make = async (definition: Parameters<typeof admin<typeof catalogueSetup.create>>[1]['definition']) => {
    const { id } = await admin(catalogueSetup.create, { category, definition })
    await admin(catalogueSetup.publish, { id })
    return id
  }
  const service = await make({
    name: 'New laptop',
    summary: 'To work with',
    currency: 'EUR',
    price: { oneOff: 120_000, monthly: 0 },
    deliveryDays: 5,
    fields: [
      {
        key: 'size',
        label: 'Size',
        help: 'How large the screen is',
        type: 'choice',
        required: true,
        choices: ['14 inch', '16 inch'],
        prices: [{ choice: '16 inch', cost: { oneOff: 30_000 } }],
      },
      { key: 'dock', label: 'With a docking station', type: 'boolean' },
      {
        key: 'where',
        label: 'Where do you sit?',
        type: 'text',
        required: true,
        showWhen: [{ field: 'dock', is: ['yes'] }],
      },
      { key: 'for', label: 'For', type: 'person' },
    ],
    approval: { stages: [{ name: 'Manager', approvers: [{ kind: 'manager' }] }] },
    tasks: [{ title: 'Prepare it' }, { title: 'Hand it over', stage: 2 }],
  })
  const cleaning = await make({
    name: 'Screen cleaning',
    approval: { stages: [{ name: 'IT', approvers: [{ kind: 'person', id: self }] }] },
  })
  const other = (await admin(people.list, { limit: 50 })).items.find((one) => one.id !== self)!
  const { ticket } = await admin(catalogue.order, { id: cleaning, requester: other.id })
  const [waiting] = (await admin(approvals.of, { subject: ticket.id })).items
  return { service, approval: waiting!.id, order: ticket.reference }
}
