import { afterAll, beforeAll, expect, test } from 'vitest'
import { notificationPreferences } from '../../contract/notifications.ts'
import { tickets } from '../../contract/tickets.ts'
import { MailLinks } from '../../server/notifications/public.ts'
import { linkFor } from '../../server/notifications/links-store.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { openStage, settled, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a link of a mail shows what it would do, and does it on its button alone, once', async () => {
  const { server, administrator } = stage
  const tess = await stage.person('Tess Aldag', 'technician')
  const { id, title } = await administrator.client(tickets.show, { id: stage.company.ticket })
  await administrator.client(tickets.assign, { id, assignee: null })
  const links = new MailLinks(server.opened.platform, { mayTake: async () => true })
  const token = await linkFor(server.db, server.opened.platform.secret, {
    person: tess.id,
    act: 'take',
    target: { kind: 'ticket', id },
    madeFor: newId(),
    days: 7,
  })
  const address = stage.address(new URL(links.address(token)).pathname)
  const assignee = async () => (await administrator.client(tickets.show, { id })).assignee?.name

  // nobody is signed in where the mail was opened
  const outside = await (await stage.window({})).newPage()
  await outside.goto(address)
  await settled(outside)
  await outside.getByText(`Assign ${stage.company.ticket} ${title} to Tess Aldag.`).waitFor()
  await outside.reload()
  await settled(outside)
  expect(await assignee()).toBeUndefined()

  // somebody else is signed in
  const other = await (await stage.window({ person: administrator })).newPage()
  await other.goto(address)
  await other.getByText('mailed to somebody else').waitFor()
  expect(await other.getByRole('button', { name: 'Take it' }).count()).toBe(0)

  await outside.getByRole('button', { name: 'Take it' }).click()
  await outside.getByText('is assigned to Tess Aldag').waitFor()
  expect(await assignee()).toBe('Tess Aldag')
  await outside.goto(address)
  await outside.getByText('it works once').waitFor()
})

test('the settings of notifications are kept, and say what is wrong', async () => {
  const tess = await stage.person('Tim Ohm', 'technician')
  const page = await (await stage.window({ person: tess })).newPage()
  await page.goto(stage.address('/settings/notifications'))
  await settled(page)
  await page.getByLabel('Quiet time').check()
  await page.getByLabel('Quiet from').fill('21:00')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('Saved').waitFor()
  const chosen = await tess.client(notificationPreferences.show, {})
  expect(chosen.quiet).toEqual({ from: '21:00', until: '06:30' })
  await page.getByLabel('First day away').fill('2030-05-10')
  await page.getByLabel('Last day away').fill('2030-05-01')
  await page.getByRole('button', { name: 'Save' }).last().click()
  await page.getByText('The absence ends before it begins.').waitFor()
})
