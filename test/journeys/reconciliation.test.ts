import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { custodies } from '../../contract/custody.ts'
import { devices } from '../../contract/devices.ts'
import { differences } from '../../contract/reconciliation.ts'
import { sql } from '../../server/platform/db.ts'
import { agentOf, newAgentKey, reportOf } from '../support/agents.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test('a coordinator mends three differences: one side by side, one from the list, one is left', async () => {
  const { server } = stage
  const cora = await stage.person('Cora Lindqvist', 'coordinator')
  const rita = await stage.person('Rita Sommer', 'requester')
  const admin = cora.client
  const { key } = await newAgentKey(server)
  const send = agentOf(server, key)
  const login = rita.email.split('@')[0]!
  const report = (n: number, more = '') =>
    send(
      reportOf({
        sentId: `laptop-${n}`,
        name: `laptop-${n}`,
        serial: `LAP-${n}`,
        uuid: null,
        mac: `3c:52:82:0c:00:0${n}`,
        more: `<ANTIVIRUS><NAME>Defender</NAME><ENABLED>1</ENABLED></ANTIVIRUS>${more}`,
      }).replace('<HARDWARE>', n === 1 ? `<HARDWARE><LASTLOGGEDUSER>${login}</LASTLOGGEDUSER>` : '<HARDWARE>'),
    )
  const category = (await admin(assetCategories.list, {})).items.find((one) => one.class === 'device')!.id
  const made: string[] = []
  for (const n of [1, 2]) {
    const { id } = await admin(assets.register, { serial: `LAP-${n}`, category })
    await report(
      n,
      n === 2 ? '<DRIVES><LETTER>C:</LETTER><TOTAL>1</TOTAL><ENCRYPT_STATUS>No</ENCRYPT_STATUS></DRIVES>' : '',
    )
    await admin(custodies.handOut, { assets: [id], to: { kind: 'person', id: cora.id } })
    made.push(id)
  }
  await report(3)
  await sql`update devices set first_seen_at = now() - interval '5 days' where name = 'laptop-3'`.execute(server.db)
  await expect.poll(async () => (await sql`select 1 from device_users`.execute(server.db)).rows.length).toBe(1)
  await sql`update device_users set since = now() - interval '20 days'`.execute(server.db)
  await sql`update assets set held_since = now() - interval '60 days' where id = any(${made}::uuid[])`.execute(
    server.db,
  )
  await sql`update difference_rounds set round_on = '2026-01-01'`.execute(server.db)
  const there = async (kind: 'wrong_holder' | 'unencrypted' | 'unknown') =>
    (await admin(differences.list, { kind: [kind] })).items.map((f) => f.kind)
  for (const kind of ['wrong_holder', 'unencrypted', 'unknown'] as const)
    await expect.poll(() => there(kind), { timeout: 15_000 }).toContain(kind)

  const page = await (await stage.window({ person: cora })).newPage()
  await page.goto(stage.address('/reconciliation?kind=wrong_holder'))
  await settled(page)
  await page
    .getByRole('link', { name: /laptop-1/ })
    .first()
    .click()
  await page.getByText(`Rita Sommer (${login}) works on it.`).waitFor()
  await page.getByRole('button', { name: 'Pass it on to Rita Sommer' }).click()
  await page.getByText('Mended by Cora Lindqvist.').waitFor()
  expect((await admin(assets.show, { id: made[0]! })).holder?.name).toBe('Rita Sommer')

  await page.goto(stage.address('/reconciliation?kind=unknown'))
  await settled(page)
  await page
    .getByRole('row', { name: /laptop-3/ })
    .getByRole('checkbox')
    .check()
  await page.getByRole('button', { name: 'Mend 1 as proposed' }).click()
  await page.getByText('1 mended').waitFor()
  expect((await admin(devices.list, { q: 'laptop-3' })).items[0]!.state).toBe('linked')

  await page.goto(stage.address('/reconciliation?kind=unencrypted'))
  await settled(page)
  await page
    .getByRole('row', { name: /laptop-2/ })
    .getByRole('checkbox')
    .check()
  await page.getByRole('button', { name: 'Leave as it is' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('Encrypted with the next delivery')
  await dialog.getByRole('button', { name: 'Leave as it is' }).click()
  await page.getByText('1 difference left').waitFor()
  expect((await admin(differences.list, { state: 'left' })).items.map((f) => f.left?.reason)).toEqual([
    'Encrypted with the next delivery',
  ])
})
