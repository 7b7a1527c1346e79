import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { onCallPages } from '../../contract/on-call.ts'
import { reports } from '../../contract/reports.ts'
import { tickets } from '../../contract/tickets.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('the page of on-call schedules hears of a call, and that somebody took it, without being asked again', async () => {
  const { administrator, company } = stage
  const { id } = await administrator.client(tickets.open, { title: 'Core switch is down' })
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address('/on-call'))
  await settled(page)
  await page.waitForTimeout(500)
  const call = await administrator.client(onCallPages.call, {
    schedule: company.onCall,
    about: { kind: 'ticket', id },
    words: 'whole site',
  })
  await page.getByRole('link', { name: 'Core switch is down' }).waitFor({ timeout: 8_000 })
  await administrator.client(onCallPages.take, { id: call.id })
  await page.getByRole('link', { name: 'Core switch is down' }).waitFor({ state: 'detached', timeout: 8_000 })
})

test('the page of an asset hears that somebody changed it', async () => {
  const { administrator, company } = stage
  const page = await (await stage.window({ person: administrator })).newPage()
  await page.goto(stage.address('/assets/{asset}'))
  await settled(page)
  await page.waitForTimeout(500)
  await administrator.client(assets.edit, { id: company.asset, orderNumber: 'B-4711-live' })
  await page.getByText('B-4711-live').first().waitFor({ timeout: 8_000 })
})

test('a planned version is judged on the past from its editor and from the report', async () => {
  const { administrator, company } = stage
  for (const width of [1440, 390]) {
    const page = await (await stage.window({ person: administrator, width })).newPage()
    await page.goto(stage.address('/service-levels/{serviceLevel}'))
    await settled(page)
    await page.getByLabel('Hours', { exact: true }).first().fill('1')
    await page.getByRole('button', { name: 'Judge again' }).click()
    await page.getByText(/Really \d+ kept/).waitFor({ timeout: 15_000 })
    await page.goto(stage.address('/reports'))
    await settled(page)
    await page.getByLabel('Service level', { exact: true }).first().click()
    await page.getByRole('option').first().click()
    await page.getByText('As planned', { exact: true }).click()
    await page.getByLabel('Hours', { exact: true }).first().fill('2')
    await page.getByRole('button', { name: 'Judge again' }).click()
    await expect
      .poll(
        async () =>
          (await administrator.client(reports.asIfRuns, {})).items.filter((r) => r.finishedAt !== null).length,
        {
          timeout: 15_000,
        },
      )
      .toBe(width === 1440 ? 2 : 4)
  }
  const { items } = await administrator.client(reports.asIfRuns, { level: company.serviceLevel })
  expect(items.length).toBeGreaterThanOrEqual(2)
  expect(items.every((run) => run.revision === null && run.failed === null)).toBe(true)
}, 60_000)
