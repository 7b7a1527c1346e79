import { afterAll, beforeAll, expect, test } from 'vitest'
import { commitments } from '../../contract/commitments.ts'
import { notificationPreferences } from '../../contract/notifications.ts'
import { tickets } from '../../contract/tickets.ts'
import { MailLinks } from '../../server/notifications/public.ts'
import { linkFor } from '../../server/notifications/links-store.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

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
  const links = new MailLinks(server.opened.platform, {
    mayTake: async () => true,
    maySnooze: async () => false,
    mayDecide: async () => false,
    mayRate: async () => false,
  })
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

test('a link of a mail puts a commitment aside when its page was told until when and why', async () => {
  const { server, administrator } = stage
  const tess = await stage.person('Tess Ahrend', 'technician')
  const { id, reference } = await tess
    .client(commitments.make, {
      title: 'Chase the vendor',
      due: { on: '2030-01-01' },
    })
    .then(({ id: made, byHand }) => ({ id: made, reference: byHand!.reference }))
  const links = new MailLinks(server.opened.platform, {
    mayTake: async () => false,
    maySnooze: async () => true,
    mayDecide: async () => false,
    mayRate: async () => false,
  })
  const token = await linkFor(server.db, server.opened.platform.secret, {
    person: tess.id,
    act: 'snooze',
    target: { kind: 'commitment', id, commitment: id },
    madeFor: newId(),
    days: 7,
  })
  const page = await (await stage.window({ width: 390 })).newPage()
  await page.goto(stage.address(new URL(links.address(token)).pathname))
  await settled(page)
  await page.getByText(`Put ${reference} Chase the vendor aside.`).waitFor()
  const button = page.getByRole('button', { name: 'Put aside' })
  expect(await button.isDisabled()).toBe(true)
  await page.getByLabel('Until').fill('2029-12-24')
  await page.getByLabel('Why').fill('The part comes first')
  await button.click()
  await page.getByText('is put aside').waitFor()
  const { snoozed } = await administrator.client(commitments.show, { id })
  expect(snoozed).toMatchObject({ reason: 'The part comes first', by: 'Tess Ahrend' })
  expect(snoozed!.until.slice(0, 10)).toBe('2029-12-24')
})

test('the settings of notifications are kept, and say what is wrong', async () => {
  const tess = await stage.person('Tim Ohm', 'technician')
  const page = await (await stage.window({ person: tess })).newPage()
  await page.goto(stage.address('/settings/notifications'))
  await settled(page)
  // typed before something else is saved: it stays
  await page.getByLabel('First day away').fill('2030-05-10')
  await page.getByLabel('Last day away').fill('2030-05-01')
  await page.getByLabel('Quiet time').check()
  await page.getByLabel('Quiet from').fill('21:00')
  const asked = page.waitForResponse(
    (answer) => answer.request().method() === 'GET' && answer.url().endsWith('/api/v1/me/notification-settings'),
  )
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('Saved').waitFor()
  await asked
  const chosen = await tess.client(notificationPreferences.show, {})
  expect(chosen.quiet).toEqual({ from: '21:00', until: '06:30' })
  await page.getByRole('button', { name: 'Save' }).last().click()
  await page.getByText('The absence ends before it begins.').waitFor()
})
