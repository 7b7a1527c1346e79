import { afterAll, beforeAll, expect, test } from 'vitest'
import { tickets } from '../../contract/tickets.ts'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('what the queue shows is kept as a view, and all that match are changed by keyboard', async () => {
  const context = await stage.window({ person: stage.administrator })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const keys = page.keyboard
  await page.goto(stage.address('/tickets?view=open&q=Printer'))
  await settled(page)
  await page.getByRole('button', { name: 'This view' }).click()
  await page.getByRole('menuitem', { name: 'Save as view…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Printers')
  await keys.press('Enter')
  await page.getByRole('heading', { name: 'Printers', level: 1 }).waitFor()
  await page.getByRole('link', { name: /Printers/ }).waitFor()
  const { items } = await stage.administrator.client(tickets.list, { open: true, q: 'Printer' })
  expect(items.length).toBeGreaterThan(0)

  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText(items[0]!.title).first().waitFor()
  await keys.press('b')
  const note = page.getByRole('textbox', { name: 'Note', exact: true })
  await note.fill('New toner is on its way')
  await page.getByRole('button', { name: 'Look at what it does' }).press('Enter')
  await page.getByRole('button', { name: /^Change \d+ ticket/ }).press('Enter')
  await page.getByRole('heading', { name: 'Bulk edit', level: 1 }).waitFor()
  await page.getByText('Done', { exact: true }).waitFor()
  for (const { id } of items) {
    const { items: entries } = await stage.administrator.client(tickets.timeline, { id })
    expect(entries.filter((entry) => entry.note?.body.includes('New toner') === true)).toHaveLength(1)
  }
  expect(complaints).toEqual([])
  await context.close()
})
