import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a skill is added, given to a person, asked for by a rule, and said where the rule is tried', async () => {
  const desk = await stage.window({ person: stage.administrator, width: 1440 })
  const page = await desk.newPage()
  const complaints = complaintsOf(page)
  const to = async (path: string) => {
    await page.goto(stage.address(path))
    await settled(page)
  }
  /** Chooses by key, as everybody can. */
  const choose = async (field: string | RegExp, words: string) => {
    const box = page.getByRole('combobox', { name: field })
    await box.fill(words)
    await page.getByRole('option', { name: words, exact: true }).waitFor()
    await box.press('ArrowDown')
    await box.press('Enter')
  }

  await to('/settings/skills')
  await page.getByRole('button', { name: 'Add a skill' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Label printers')
  await page.getByRole('dialog').getByRole('button', { name: 'Add a skill' }).click()
  await page.getByRole('link', { name: 'Nobody' }).waitFor()

  await to('/settings/rules/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Labels to who knows them')
  await page.getByRole('button', { name: 'Drop condition 1' }).click()
  await page.getByRole('combobox', { name: 'Do' }).click()
  await page.getByRole('option', { name: 'Assign it' }).click()
  await page.getByRole('combobox', { name: 'To' }).click()
  await page.getByRole('option', { name: 'Whoever of the queue has least' }).click()
  await choose(/^Who has the skills/, 'Label printers')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page
    .getByText('would be left as it is. Nobody who serves the queue has the skill Label printers.')
    .first()
    .waitFor()

  const person = await desk.newPage()
  await person.goto(stage.address(`/people/${stage.company.person}`))
  await settled(person)
  await person.getByRole('button', { name: 'Edit' }).click()
  await person.getByRole('combobox', { name: 'Skills' }).fill('Label')
  await person.getByRole('option', { name: 'Label printers' }).click()
  await person.keyboard.press('Escape')
  await person.getByRole('button', { name: 'Save' }).click()
  await person.getByRole('dialog').waitFor({ state: 'detached' })
  await person.getByText('Label printers').waitFor()

  // what was typed is there still, and the trial sees who has it now
  await page.bringToFront()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page
    .getByText(/would be given to .+\. At work with the skill Label printers: 1\./)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByText(/assign it to whoever of the queue with the skill Label printers has least/).waitFor()
  expect(complaints).toEqual([])
  await desk.close()
})
