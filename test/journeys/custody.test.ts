import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { custodies } from '../../contract/custody.ts'
import { settled } from '../support/settled.ts'
import { openStage, searched, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('what somebody was given is accepted on their page, and taken back at the counter by its tag', async () => {
  const { administrator } = stage
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address('/my-things'))
  await settled(page)
  await page.getByRole('button', { name: 'Accept' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('I take care of it').waitFor()
  expect(await dialog.getByRole('button', { name: 'Accept' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Type your name').fill('Marta Keller')
  await dialog.getByRole('button', { name: 'Accept' }).click()
  await page.getByText('terms accepted').first().waitFor()
  const { items } = await administrator.client(custodies.list, { acceptance: 'accepted' })
  expect(items.map((c) => c.answer?.signature)).toEqual(['Marta Keller'])
  const { tag } = items[0]!.asset!

  await page.goto(stage.address('/custody/desk?do=back'))
  await settled(page)
  await page.getByLabel('Tags').fill(tag)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Take back 1 thing' }).click()
  await page.getByText('1 thing taken back').waitFor()
  expect(await administrator.client(assets.show, { id: tag })).toMatchObject({ state: 'in_stock', holder: null })
})

test('a requester finds their own thing by search and is led to what they may see of it', async () => {
  const { administrator } = stage
  const rita = await stage.person('Rita Sommer', 'requester')
  const { items } = await administrator.client(assets.list, { limit: 20, state: ['in_stock'], holder: 'none' })
  const { id, tag } = items[0]!
  await administrator.client(custodies.handOut, { assets: [id], to: { kind: 'person', id: rita.id } })
  const page = await (await stage.window({ person: rita })).newPage()
  await page.goto(stage.address('/my-things'))
  await settled(page)
  await page.keyboard.press('Control+k')
  await searched(page.getByRole('combobox'), tag)
  await page
    .getByRole('option', { name: new RegExp(tag) })
    .first()
    .click()
  await page.waitForURL(`**/my-things/${tag}`)
  await page.getByText('You have it since').waitFor()
  expect(await page.getByText('Cost').count()).toBe(0)
  await page.getByRole('link', { name: 'Report a problem' }).click()
  await page.waitForURL(`**/tickets/new?asset=${tag}`)
})
