import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a message in quarantine becomes a ticket that says it came by mail', async () => {
  const window = await stage.window({ person: stage.administrator, width: 390 })
  const page = await window.newPage()
  const complaints = complaintsOf(page)
  await page.goto(stage.address('/incoming'))
  await settled(page)
  await page.getByRole('link', { name: /^Quarantine/ }).click()
  await page.getByText('A question').click()
  await page.getByText('keeps unknown senders in quarantine').waitFor()
  await page.getByRole('button', { name: 'Open as a ticket' }).click()
  const link = page.getByRole('link', { name: /^INC-\d+ A question/ })
  await link.waitFor()
  await link.click()
  await page.getByText('Where do I find the printer on the second floor?').waitFor()
  await page.getByRole('link', { name: 'Show original' }).click()
  await page.getByText('Somebody wants it to be a ticket.').waitFor()
  expect(complaints).toEqual([])
  await window.close()
})
