import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { attestations } from '../../contract/attestations.ts'
import { custodies } from '../../contract/custody.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test(
  'a person says on a phone what they still have; a coordinator settles what differs',
  { timeout: 90_000 },
  async () => {
    const { administrator, company } = stage
    const admin = administrator.client
    const rita = await stage.person('Rita Sommer', 'requester')
    const { category } = (await admin(assets.list, { limit: 1 })).items[0]!
    const location = (await admin(assets.show, { id: company.asset })).location!.id
    const tags: string[] = []
    for (let i = 0; i < 2; i++) {
      const { id, tag } = await admin(assets.register, { category: category.id, location })
      await admin(custodies.handOut, { assets: [id], to: { kind: 'person', id: rita.id } })
      tags.push(tag)
    }
    const { id } = await admin(attestations.start, {
      name: 'Before the move',
      dueOn: '2090-01-01',
      who: { kind: 'people', people: [rita.id] },
    })
    const phone = await (await stage.window({ person: rita, width: 390 })).newPage()
    await phone.goto(stage.address('/my-things'))
    await settled(phone)
    await phone.getByRole('link', { name: 'Still yours?' }).click()
    await phone.getByText('0 of 2 answered').waitFor()
    expect(await phone.getByRole('button', { name: 'That is all' }).isDisabled()).toBe(true)
    await phone.getByRole('button', { name: `Yes, I have it ${tags[0]}` }).click()
    await phone.getByText('1 of 2 answered').waitFor()
    await phone.getByRole('button', { name: `I don’t have it ${tags[1]}` }).click()
    await phone.getByLabel('Where did it go?').fill('Gave it to the workshop')
    await phone.keyboard.press('Enter')
    await phone.getByText('2 of 2 answered').waitFor()
    await phone.getByLabel('Something is missing in this list').fill('A docking station')
    await phone.getByRole('button', { name: 'Add it' }).click()
    await phone.getByText('missing in the list').waitFor()
    await phone.getByRole('button', { name: 'That is all' }).click()
    await phone.getByText('You said that this is all.').waitFor()

    const desk = await (await stage.window({ person: administrator })).newPage()
    await desk.goto(stage.address(`/asset-audits/campaigns/${id}`))
    await settled(desk)
    await desk.getByRole('button', { name: `Settle ${tags[1]}` }).click()
    await desk.getByRole('dialog').getByLabel('Take it back').check()
    await desk.getByRole('dialog').getByRole('button', { name: 'Settle' }).click()
    await desk.getByText('1 difference settled').waitFor()
    expect((await admin(assets.show, { id: tags[1]! })).holder).toBe(null)
    await desk.getByRole('button', { name: 'Settle A docking station' }).click()
    await desk.getByRole('dialog').getByLabel('Leave it as it is').check()
    await desk.getByRole('dialog').getByLabel('Why').fill('belongs to the landlord')
    await desk.getByRole('dialog').getByRole('button', { name: 'Settle' }).click()
    await desk.getByText('left as it is').waitFor()
    await desk.getByRole('button', { name: 'Close', exact: true }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
    await desk.getByText('The campaign is closed.').waitFor()
  },
)
