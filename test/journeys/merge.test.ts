import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, searched, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a ticket is merged into another found by words, says so, and is taken out again', async () => {
  const { company } = stage
  const desk = await stage.window({ person: stage.administrator, width: 1440 })
  const page = await desk.newPage()
  const complaints = complaintsOf(page)
  await page.goto(stage.address(`/tickets/${company.ticket}`))
  await settled(page)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Merge into another ticket' }).click()
  const find = page.getByRole('combobox', { name: /^Find the ticket that goes on/ })
  await searched(find, 'VPN')
  const other = page.getByRole('option').filter({ hasText: 'VPN' }).first()
  await other.waitFor()
  const into = /(?:INC|REQ)-\d+/.exec(await other.innerText())![0]
  await other.click()
  await page.getByText('its clocks end, and nothing in it falls due any more.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.waitForURL(`**/tickets/${into}`)
  // its words are here, and say where they were said
  await page.getByRole('complementary').getByRole('link', { name: company.ticket }).waitFor()
  await page
    .getByRole('article')
    .getByRole('link', { name: `in ${company.ticket}` })
    .first()
    .waitFor()

  await page.goto(stage.address(`/tickets/${company.ticket}`))
  await settled(page)
  await page.getByText('This ticket goes on in').waitFor()
  expect(await page.getByRole('button', { name: /^Reply/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Take apart again' }).click()
  await page.getByText('This ticket goes on in').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Resolve/ }).waitFor()
  expect(complaints).toEqual([])
  await desk.close()
})

test('a child is opened from its parent, and resolved with it', async () => {
  const desk = await stage.window({ person: stage.administrator, width: 1440 })
  const page = await desk.newPage()
  const complaints = complaintsOf(page)
  await page.goto(stage.address(`/tickets/${stage.company.ticket}`))
  await settled(page)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Open a child ticket' }).click()
  await page.getByText(`It will be a child of ${stage.company.ticket}.`).waitFor()
  await page.getByRole('textbox', { name: 'What is it about' }).fill('Cable to the export server')
  await page.getByRole('button', { name: 'Open a ticket' }).click()
  await page.getByRole('complementary').getByRole('link', { name: stage.company.ticket }).click()
  await page.getByText('One child, open').waitFor()
  await page.getByRole('link', { name: 'Cable to the export server' }).waitFor()
  await page.getByRole('button', { name: /^Resolve/ }).click()
  await page.getByRole('checkbox', { name: 'Resolve its open child, too, with the same words' }).check()
  await page.getByRole('dialog').getByRole('textbox').fill('The export runs again.')
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click()
  await page.getByText('One child, all done').waitFor()
  expect(complaints).toEqual([])
  await desk.close()
})
