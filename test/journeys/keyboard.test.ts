import { afterAll, beforeAll, expect, test } from 'vitest'
import { tickets } from '../../contract/tickets.ts'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a ticket goes from new to closed by keyboard alone', async () => {
  const context = await stage.window({ person: stage.administrator })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const keys = page.keyboard
  await page.goto(stage.address('/today'))
  await settled(page)

  await keys.press('c')
  await page.getByRole('heading', { name: 'New ticket' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  await keys.type('The till in the canteen prints blank slips')
  await keys.press('Enter')
  await page.getByRole('heading', { name: /The till in the canteen/ }).waitFor()
  const reference = /tickets\/([A-Z]+-\d+)/.exec(page.url())?.[1] ?? ''
  expect(reference).not.toBe('')
  const state = async () => await stage.administrator.client(tickets.show, { id: reference })
  expect((await state()).state).toBe('new')

  await page.getByRole('button', { name: 'Assign', exact: true }).waitFor()
  await keys.press('a')
  await page.getByRole('option').first().waitFor()
  await keys.type('Marta')
  await page.getByRole('option', { name: /Marta Keller/ }).waitFor()
  await keys.press('Enter')
  await expect.poll(async () => (await state()).assignee?.name).toBe('Marta Keller')

  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await keys.press('r')
  await page.getByRole('textbox', { name: /Reply/ }).waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox')
  await keys.type('Please try the second till; we are on our way.')
  await keys.press('Control+Enter')
  await page.getByRole('article', { name: /Reply by Marta Keller/ }).waitFor()

  await keys.press('n')
  await page.getByRole('textbox', { name: /only IT/ }).waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox')
  await keys.type('The roll was put in the wrong way round.')
  await keys.press('Control+Enter')
  await page.getByRole('article', { name: /Internal note by Marta Keller/ }).waitFor()

  await keys.press('e')
  await page.getByRole('dialog').getByRole('textbox').waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox')
  await keys.type('Paper turned round. It prints again.')
  await keys.press('Control+Enter')
  await expect.poll(async () => (await state()).state).toBe('resolved')

  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Close', exact: true }).waitFor()
  await keys.press('e')
  await expect.poll(async () => (await state()).state).toBe('closed')
  expect(complaints).toEqual([])
  await context.close()
})

test('the queue is walked, peeked and taken by keyboard; keys do not fire while typing', async () => {
  const context = await stage.window({ person: stage.administrator })
  const page = await context.newPage()
  await page.goto(stage.address('/tickets?view=unowned'))
  await settled(page)
  await page.locator('tr[data-row]').first().waitFor()
  await page.keyboard.press('j')
  await page.locator('tr[data-current=true]').waitFor()
  const reference = await page.locator('tr[data-current=true] td').nth(2).innerText()
  await page.keyboard.press('Space')
  await page.getByRole('complementary', { name: reference }).waitFor()
  expect(page.url()).toContain(`peek=${reference}`)
  await page.keyboard.press('Escape')
  await page.keyboard.press('i')
  await expect
    .poll(async () => (await stage.administrator.client(tickets.show, { id: reference })).assignee?.name)
    .toBe('Marta Keller')
  await page.keyboard.press('/')
  await page.keyboard.type('jiax?')
  expect(await page.locator('#queue-search').inputValue()).toBe('jiax?')
  await context.close()
})

test('a change by someone else shows both versions, and nothing typed is lost', async () => {
  const opened = await stage.administrator.client(tickets.open, { title: 'Two people edit this' })
  const context = await stage.window({ person: stage.administrator })
  const page = await context.newPage()
  await page.route('**/api/v1/live', async (route) => await route.abort())
  await page.goto(stage.address(`/tickets/${opened.reference}`))
  await settled(page)
  await page.getByRole('button', { name: 'More acts' }).click()
  await page.getByRole('menuitem', { name: /Edit title/ }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('My words for it')
  await stage.administrator.client(tickets.edit, {
    id: opened.id,
    title: 'Their words for it',
    version: opened.version,
  })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /was changed meanwhile/ })
  await dialog.waitFor()
  expect(await dialog.innerText()).toContain('Their words for it')
  expect(await dialog.innerText()).toContain('My words for it')
  await dialog.getByRole('button', { name: 'Save what I chose' }).click()
  await expect
    .poll(async () => (await stage.administrator.client(tickets.show, { id: opened.id })).title)
    .toBe('My words for it')
  await context.close()
})

test('an answer that cannot be sent stays in the composer, also after a reload', async () => {
  const context = await stage.window({ person: stage.administrator })
  const page = await context.newPage()
  await page.goto(stage.address('/tickets/{ticket}'))
  await settled(page)
  await page.keyboard.press('r')
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox')
  await page.route('**/notes', async (route) => await route.abort())
  await page.keyboard.type('This must not get lost')
  await page.keyboard.press('Control+Enter')
  await page.getByText('The server cannot be reached.').waitFor()
  await page.reload()
  await settled(page)
  await page.keyboard.press('r')
  await expect
    .poll(async () => await page.getByRole('textbox', { name: /Reply/ }).innerText())
    .toContain('This must not get lost')
  await context.close()
})
