import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetModels, manufacturers } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { fields } from '../../contract/fields.ts'
import { vendors } from '../../contract/vendors.ts'
import { settled } from '../support/settled.ts'
import { openStage, searched, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a note is changed though a field became required, and a secret that was typed over and cleared stays', async () => {
  const { administrator, company } = stage
  const id = company.asset
  const field = await administrator.client(fields.define, {
    kind: 'asset',
    key: 'keeper_no',
    label: 'Number of the keeper',
    type: 'text',
    required: true,
  })
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address('/assets/{asset}'))
  await settled(page)
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  const secret = dialog.getByLabel('BIOS password', { exact: true })
  await secret.fill('half a wo')
  await secret.fill('')
  await dialog.getByLabel('Note').fill('Third battery in the drawer.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect((await administrator.client(assets.show, { id })).note).toBe('Third battery in the drawer.')
  expect(await administrator.client(assets.reveal, { id, field: 'bios_password' })).toEqual({ value: 'invented' })
  await administrator.client(fields.edit, { id: field.id, active: false })
})

test('what a list is narrowed to is named', async () => {
  const { administrator } = stage
  const [maker] = (await administrator.client(manufacturers.list, {})).items
  const vendor = await administrator.client(vendors.create, { name: 'Harbour Supplies' })
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address(`/assets?manufacturer=${maker!.id}&vendor=${vendor.id}`))
  await settled(page)
  const filters = page.getByRole('search')
  await filters.getByText('Harbour Supplies').waitFor()
  await filters.getByText(maker!.name).waitFor()
  expect(await filters.getByText('one person').count()).toBe(0)
})

test('labels find a model among many by its words, and take all of it', async () => {
  const { administrator } = stage
  const [known] = (await administrator.client(assetModels.list, {})).items
  const category = known!.category.id
  for (let i = 0; i < 55; i++) await administrator.client(assetModels.create, { name: `A model ${i}`, category })
  const last = await administrator.client(assetModels.create, { name: 'Zebra printer', category })
  const tags: string[] = []
  for (let i = 0; i < 3; i++) tags.push((await administrator.client(assets.register, { model: last.id })).tag)
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address('/labels'))
  await settled(page)
  await searched(page.getByRole('combobox', { name: 'Add all of a model' }), 'zebra')
  await page.getByRole('option', { name: 'Zebra printer' }).click()
  await page.getByRole('link', { name: 'Print 3 labels' }).waitFor()
  expect(new URL(page.url()).searchParams.get('assets')?.split(',').toSorted()).toEqual(tags.toSorted())
})

test('what somebody else changed while a form was open is not overwritten', async () => {
  const { administrator, company } = stage
  const id = company.asset
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address('/assets/{asset}'))
  await settled(page)
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Note').fill('Written by the one who was later.')
  await administrator.client(assets.edit, { id, note: 'Written by another meanwhile.' })
  // the page behind the dialog hears of it
  await page.getByText('Written by another meanwhile.').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').waitFor()
  expect((await administrator.client(assets.show, { id })).note).toBe('Written by another meanwhile.')
})
