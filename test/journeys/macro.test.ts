import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a reply begun on one device goes on with on another, is filled in by a macro and does what is ticked', async () => {
  const desk = await stage.window({ person: stage.administrator, width: 1440 })
  const page = await desk.newPage()
  const complaints = complaintsOf(page)
  const at = stage.address(`/tickets/${stage.company.ticket}`)
  await page.goto(at)
  await settled(page)
  await page.keyboard.press('r')
  const words = page.getByRole('textbox', { name: /^Reply/ })
  await words.waitFor()
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/drafts') && answer.request().method() === 'PUT')
  await words.pressSequentially('Good morning.')
  await kept

  const phone = await stage.window({ person: stage.administrator, width: 390 })
  const there = await phone.newPage()
  await there.goto(at)
  await settled(there)
  await there.getByRole('button', { name: 'Reply', exact: true }).click()
  await there
    .getByRole('textbox', { name: /^Reply/ })
    .getByText('Good morning.')
    .waitFor()
  await phone.close()

  await words.press('Enter')
  await words.press('/')
  const find = page.getByRole('combobox', { name: 'Macro by name or keyword' })
  await find.fill('serial')
  await page.getByRole('option', { name: /^Ask which device/ }).waitFor()
  await find.press('ArrowDown')
  await find.press('Enter')
  await words.getByText(/which device is it/).waitFor()
  await page.getByText('Nothing is known for: your phone.').waitFor()
  const without = page.getByRole('checkbox', { name: 'set its urgency to high' })
  const unticked = page.waitForResponse(
    (answer) => answer.url().endsWith('/drafts') && answer.request().method() === 'PUT',
  )
  await without.uncheck()
  await unticked
  // what it does is kept with the words
  await page.reload()
  await settled(page)
  await page.keyboard.press('r')
  await words.getByText(/which device is it/).waitFor()
  await without.waitFor()
  expect(await without.isChecked()).toBe(false)
  await page.getByRole('button', { name: 'Send the reply' }).click()
  await page.getByText(/used the macro “Ask which device”: assign it to whoever uses it, make it waiting/).waitFor()
  expect(await words.count()).toBe(0)
  await page.reload()
  await settled(page)
  await page.keyboard.press('r')
  await words.waitFor()
  expect(await words.innerText()).not.toContain('Good morning')
  expect(complaints).toEqual([])
  await desk.close()
})
