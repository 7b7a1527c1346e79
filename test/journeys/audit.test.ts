import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetAudits } from '../../contract/asset-audits.ts'
import { assets } from '../../contract/assets.ts'
import { locations } from '../../contract/locations.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

const takeDown = async (page: Page, ...codes: string[]) => {
  for (const code of codes) {
    await page.getByLabel('Tag, serial number or label').fill(code)
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').filter({ hasText: code }).first().waitFor()
  }
}

test(
  'a blind audit is scanned by two phones, one of them without a network for a while, and settled',
  { timeout: 120_000 },
  async () => {
    const { administrator } = stage
    const admin = administrator.client
    const [tess, otto] = [
      await stage.person('Tess Vogt', 'technician'),
      await stage.person('Otto Brandt', 'technician'),
    ]
    const { items: places } = await admin(locations.list, {})
    const store = places.find((place) => place.name === 'Store')!
    const tags: string[] = []
    for (let i = 0; i < 4; i++)
      tags.push((await admin(assets.register, { category: (await anyCategory(stage))!, location: store.id })).tag)
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const { id } = await admin(assetAudits.plan, {
      name: 'Store room, blind',
      scope: { kind: 'location', id: store.id },
      plannedOn: inDays(0),
      dueOn: inDays(5),
      blind: true,
    })
    await admin(assetAudits.start, { id })
    const phone = async (person: typeof tess) => {
      const context = await stage.window({ person, width: 390, keeps: true })
      const page = await context.newPage()
      await page.goto(stage.address(`/asset-audits/${id}/scan`))
      await settled(page)
      return { context, page }
    }
    const [first, second] = [await phone(tess), await phone(otto)]
    await second.page.getByText('This page opens without the network').waitFor()

    // the second phone walks into the cellar, and is opened anew there
    await second.context.setOffline(true)
    await takeDown(second.page, tags[1]!, tags[0]!)
    await second.page.getByText('2 scans wait to be sent. They are kept on this device.').waitFor()
    await second.page.reload()
    await second.page.getByText('2 scans wait to be sent').waitFor()
    await takeDown(second.page, 'CELLAR-BOX-7')
    await second.page.getByText('3 scans wait to be sent').waitFor()

    await takeDown(first.page, tags[0]!, stage.company.asset)
    await first.page.getByText('Everything is sent.').waitFor()
    // blind: taken down, and nothing of what is expected
    expect(await first.page.getByText('taken down', { exact: true }).count()).toBe(2)
    await first.page.goto(stage.address(`/asset-audits/${id}?view=missing`))
    await first.page.getByText('This audit is blind').waitFor()
    for (const tag of tags) expect(await first.page.getByText(tag).count()).toBe(0)

    await second.context.setOffline(false)
    await second.page.getByText('Everything is sent.').waitFor({ timeout: 20_000 })
    expect((await admin(assetAudits.show, { id })).scans).toBe(5)

    const desk = await (await stage.window({ person: administrator })).newPage()
    await desk.goto(stage.address(`/asset-audits/${id}`))
    await settled(desk)
    await desk.getByRole('button', { name: 'End scanning' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'End scanning' }).click()
    await desk.getByText('Scanning has ended.').waitFor()
    const audit = await admin(assetAudits.show, { id })
    expect(audit.counts).toMatchObject({ found: 3, new: 1 })
    const { items: found } = await admin(assetAudits.rows, { id, bucket: 'found' })
    expect(found.find((row) => row.label === tags[0])?.scans).toBe(2)

    await desk.getByRole('link', { name: /^New/ }).click()
    await desk.getByRole('button', { name: 'Settle CELLAR-BOX-7' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByLabel('Register it').check()
    await dialog.getByLabel('Category').first().click()
    await desk.getByRole('option', { name: 'Laptops' }).click()
    await dialog.getByRole('button', { name: 'Settle' }).click()
    await desk.getByText('1 row settled').waitFor()
    expect((await admin(assets.show, { id: 'CELLAR-BOX-7' })).model?.name).toBe('Unknown model (Laptops)')

    await desk.getByRole('link', { name: /^To settle/ }).click()
    await desk.getByRole('button', { name: 'Confirm all found' }).click()
    await desk.getByText('Everything found is confirmed.').waitFor()
    await desk.getByRole('button', { name: 'Leave the rest', exact: true }).click()
    await desk.getByRole('dialog').getByLabel('Why').fill('at the branch')
    await desk.getByRole('dialog').getByRole('button', { name: 'Leave the rest' }).click()
    await desk.getByText('The rest is left as it is.').waitFor()
    await desk.getByRole('button', { name: 'Close the audit', exact: true }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Close the audit' }).click()
    await desk.getByText('The audit is closed.').waitFor()
    await desk.goto(stage.address(`/assets/${tags[0]}`))
    await desk.getByText(/by (Tess Vogt|Otto Brandt) found at .*Store/).waitFor({ timeout: 15_000 })
    await desk.goto(stage.address('/asset-audits/accuracy'))
    await desk.getByText('found as recorded ÷').waitFor()
    await desk.getByText('1 audit').first().waitFor()
  },
)

const anyCategory = async (at: Stage) =>
  (await at.administrator.client(assets.list, { limit: 1 })).items[0]?.category.id
