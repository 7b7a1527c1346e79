import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals } from '../../contract/approvals.ts'
import { assets } from '../../contract/assets.ts'
import { catalogue } from '../../contract/catalogue.ts'
import { custodies } from '../../contract/custody.ts'
import { people } from '../../contract/people.ts'
import { ratings } from '../../contract/ratings.ts'
import { ticketTasks } from '../../contract/ticket-tasks.ts'
import { tickets } from '../../contract/tickets.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test(
  'the day of a requester on a phone: find, order, approve, follow, confirm, rate',
  { timeout: 120_000 },
  async () => {
    const { administrator, company } = stage
    const admin = administrator.client
    const rita = await stage.person('Rita Sommer', 'requester')
    const max = await stage.person('Max Brandt', 'requester')
    await admin(people.edit, { id: rita.id, manager: max.id })
    const { category } = (await admin(assets.list, { limit: 1 })).items[0]!
    const location = (await admin(assets.show, { id: company.asset })).location!.id
    const device = await admin(assets.register, { category: category.id, location })
    await admin(custodies.handOut, { assets: [device.id], to: { kind: 'person', id: rita.id } })

    // whoever has no tools of IT lands in the portal, and finds by words what can be ordered and what they have
    const phone = await (await stage.window({ person: rita, width: 390 })).newPage()
    await phone.goto(stage.address('/'))
    await phone.waitForURL('**/portal')
    await settled(phone)
    await phone.getByRole('searchbox').fill(device.tag)
    await phone.getByRole('link', { name: device.tag }).waitFor()
    await phone.getByRole('searchbox').fill('laptop')
    await phone.getByRole('link', { name: /New laptop/ }).click()

    // the form asks what depends on an answer, says what it costs, and is still there after a break
    await phone.getByLabel('Size').selectOption('16 inch')
    await phone.getByText('€1,500.00').waitFor()
    await phone.getByLabel('With a docking station').check()
    await phone.getByLabel('Where do you sit?').fill('Floor 2')
    await phone.getByText('What you typed is kept.').waitFor()
    await expect
      .poll(async () => (await rita.client(catalogue.show, { id: company.service })).answers['where'])
      .toBe('Floor 2')
    await phone.reload()
    await settled(phone)
    expect(await phone.getByLabel('Where do you sit?').inputValue()).toBe('Floor 2')
    // also whoever leaves with the last word just typed finds it, and goes on without losing what was there
    await phone.getByLabel('Where do you sit?').fill('Floor 2, left')
    await phone.locator('a.back').click()
    await phone.getByRole('link', { name: /New laptop/ }).click()
    expect(await phone.getByLabel('Where do you sit?').inputValue()).toBe('Floor 2, left')
    expect(await phone.getByLabel('Size').inputValue()).toBe('16 inch')
    await phone.getByLabel('Where do you sit?').fill('Floor 2, right')
    await expect
      .poll(async () => (await rita.client(catalogue.show, { id: company.service })).answers)
      .toMatchObject({ where: 'Floor 2, right', size: '16 inch' })
    await phone.getByLabel('Where do you sit?').fill('')
    await phone.getByRole('button', { name: 'Order it' }).click()
    await phone.getByText('Where do you sit?: ').or(phone.locator('.wrong')).first().waitFor()
    await phone.getByLabel('Where do you sit?').fill('Floor 3')
    await phone.getByRole('button', { name: 'Order it' }).click()
    await phone.waitForURL('**/portal/requests/REQ-*')
    const reference = phone.url().split('/').at(-1)!
    await phone.getByText('Waits for Max Brandt').waitFor()
    expect((await rita.client(catalogue.show, { id: company.service })).hasDraft).toBe(false)

    // the manager refuses to decide without looking, looks, and approves on a phone
    const other = await (await stage.window({ person: max, width: 390 })).newPage()
    await other.goto(stage.address('/portal'))
    await settled(other)
    await other
      .getByRole('link', { name: /New laptop/ })
      .first()
      .click()
    await other.getByText('Floor 3').waitFor()
    await other.getByRole('button', { name: 'Refuse' }).click()
    await other.getByRole('alert').waitFor()
    await other.getByRole('button', { name: 'Approve' }).click()
    await other.getByRole('heading', { name: /approved/ }).waitFor()
    expect((await max.client(approvals.mine, {})).items).toEqual([])

    // IT does what is to be done; the requester watches, answers, and says that it is solved and how it was
    const tasksOf = async () => (await admin(ticketTasks.list, { id: reference })).items
    await expect.poll(async () => (await tasksOf())[0]?.state).toBe('open')
    await admin(ticketTasks.finish, { id: (await tasksOf())[0]!.id })
    await admin(tickets.addNote, { id: reference, public: true, body: '<p>May we bring it on Monday?</p>' })
    await phone.getByText('May we bring it on Monday?').waitFor()
    await phone.getByLabel('Your answer').fill('Monday is fine')
    await phone.getByRole('button', { name: 'Send' }).click()
    await phone.locator('article').getByText('Monday is fine').waitFor()
    await admin(ticketTasks.finish, { id: (await tasksOf())[1]!.id })
    await expect.poll(async () => (await rita.client(tickets.show, { id: reference })).state).toBe('resolved')
    await phone.goto(stage.address('/portal'))
    await settled(phone)
    await phone.getByRole('link', { name: /Is it solved\? New laptop/ }).click()
    await phone.getByLabel('5 good').check()
    await phone.getByLabel('In your words').fill('Quick')
    await phone.getByRole('button', { name: 'Send' }).first().click()
    await phone.getByText('Thank you.').waitFor()
    await phone.getByRole('button', { name: 'Yes, it is solved' }).click()
    await phone.getByText('closed', { exact: false }).first().waitFor()
    expect(await rita.client(ratings.show, { id: reference })).toMatchObject({ score: 5, words: 'Quick' })
    expect((await rita.client(tickets.show, { id: reference })).state).toBe('closed')
  },
)
