import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { tickets } from '../../contract/tickets.ts'
import { ticketItems } from '../../contract/ticket-items.ts'
import { custodies } from '../../contract/custody.ts'
import { settled } from '../support/settled.ts'
import { openStage, searched, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a device is linked to a request, deployed as that is resolved, and reported broken by who has it', async () => {
  const { administrator } = stage
  const rosa = await stage.person('Rosa Requester', 'requester')
  const known = await administrator.client(assets.show, { id: stage.company.asset })
  const spare = await administrator.client(assets.register, {
    category: known.category.id,
    name: 'Spare notebook',
    location: known.location!.id,
  })
  const ticket = await rosa.client(tickets.open, { title: 'A notebook for the lab', kind: 'request' })
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address(`/tickets/${ticket.reference}`))
  await settled(page)
  const side = page.getByRole('complementary', { name: 'About this ticket' })
  await side.getByRole('button', { name: 'Link', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await searched(dialog.getByRole('combobox', { name: 'Which' }), 'Spare notebook')
  await page.getByRole('option', { name: /Spare notebook/ }).click()
  await dialog.getByRole('combobox', { name: 'What the ticket does with it' }).click()
  await page.getByRole('option', { name: 'Deploy it' }).click()
  await dialog.getByRole('button', { name: 'Link' }).click()
  await side.getByText('Goes to Rosa Requester when this is resolved').waitFor()

  await page.getByRole('button', { name: 'Resolve' }).click()
  await page.getByText(`${spare.tag} Spare notebook is handed out to the requester`).waitFor()
  await dialog.getByRole('button', { name: 'Resolve' }).click()
  await side.getByText('Handed to Rosa Requester').waitFor()
  expect(await administrator.client(assets.show, { id: spare.id })).toMatchObject({
    state: 'deployed',
    holder: { name: 'Rosa Requester' },
  })

  const hers = await (await stage.window({ person: rosa, width: 390 })).newPage()
  await hers.goto(stage.address('/my-things'))
  await settled(hers)
  await hers
    .getByRole('link', { name: /Report a problem/ })
    .first()
    .click()
  await hers.getByText(new RegExp(spare.tag)).first().waitFor()
  await hers.getByLabel('What is it about').fill('It does not start')
  await hers.getByRole('button', { name: 'Open a ticket' }).click()
  await hers.getByRole('heading', { name: /It does not start/ }).waitFor()
  const { items } = await administrator.client(tickets.list, { about: spare.id })
  expect(items.map((one) => one.title)).toEqual(['It does not start', 'A notebook for the lab'])
  const linked = await administrator.client(ticketItems.list, { id: items[0]!.id })
  expect(linked.items).toMatchObject([{ item: { reference: spare.tag }, task: 'affected' }])
  expect((await administrator.client(custodies.list, { asset: spare.id })).items).toHaveLength(1)

  // what differs about a device is one press from a ticket
  await page.goto(stage.address(`/tickets/new?asset=${spare.tag}&title=Disk%20not%20encrypted`))
  await page.getByText(spare.tag).first().waitFor()
  expect(await page.getByLabel('What is it about').inputValue()).toBe('Disk not encrypted')
})
