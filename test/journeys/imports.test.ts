import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { writeTemporary } from '../support/imports.ts'
import { settled } from '../support/settled.ts'
import { complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

const odd =
  'Inventar;Ser.;Was;Kategorie;Gekauft am;Wer\n' +
  'ODD-1;ODD-S1;Zeichenbüro 1;Laptops;23.01.2024;Marta Keller\n' +
  'ODD-2;ODD-S2;Zeichenbüro 2;Laptops;24.01.2024;Nobody Known\n' +
  'ODD-2;ODD-S3;Twice;Laptops;;\n'

test(
  'a coordinator maps odd headers, tries the file, reads the verdicts, imports it and sees the assets',
  { timeout: 120_000 },
  async () => {
    const cora = await stage.person('Cora Lindqvist', 'coordinator')
    const page = await (await stage.window({ person: cora })).newPage()
    const complaints = complaintsOf(page)
    const path = await writeTemporary('devices.csv', '')
    writeFileSync(path, odd)
    await page.goto(stage.address('/imports/new'))
    await settled(page)
    await page.locator('input[type=file]').setInputFiles(path)
    const columns = page.getByRole('table', { name: 'Columns of the file' })
    await columns.getByText('ODD-S1').waitFor()
    const map = async (column: string, field: string) => {
      await page.getByRole('combobox', { name: `Field that column ${column} fills` }).click()
      await page.getByRole('option', { name: field, exact: true }).click()
    }
    await map('A, Inventar,', 'Asset tag')
    await map('B, Ser.,', 'Serial number')
    await map('C, Was,', 'Name')
    await map('F, Wer,', 'Holder')
    await page.getByLabel('Save this mapping as').fill('Yard list')
    await page.getByRole('button', { name: 'Save mapping' }).click()
    await page.getByText('The mapping Yard list is saved.').waitFor()
    await page.getByRole('button', { name: 'Try without effect' }).click()
    await page.getByText('This was a trial').waitFor()
    const verdicts = page.getByRole('table', { name: 'Verdict by row' })
    await verdicts.getByText('nobody here is Nobody Known', { exact: false }).waitFor({ timeout: 30_000 })
    await verdicts
      .getByText('Row 2', { exact: false })
      .or(verdicts.getByText('row 3', { exact: false }))
      .first()
      .waitFor()
    await expect(cora.client(assets.show, { id: 'ODD-1' })).rejects.toMatchObject({ status: 404 })
    await page.getByRole('button', { name: 'Import for real' }).click()
    await expect
      .poll(async () => (await cora.client(assets.list, { q: 'ODD-1' })).items.length, { timeout: 30_000 })
      .toBe(1)
    await page.goto(stage.address('/assets?q=ODD-1'))
    await settled(page)
    await page.getByText('ODD-1').first().waitFor()
    expect(await cora.client(assets.show, { id: 'ODD-1' })).toMatchObject({
      serial: 'ODD-S1',
      purchasedOn: '2024-01-23',
      holder: { name: 'Marta Keller' },
    })
    expect(complaints).toEqual([])
  },
)
