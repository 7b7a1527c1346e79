import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { alerts, alertSources } from '../../contract/monitoring.ts'
import { ticketItems } from '../../contract/ticket-items.ts'
import { tickets } from '../../contract/tickets.ts'
import { type Alertmanager, startAlertmanager, whyNoAlertmanager } from '../support/alertmanager.ts'
import { type Nagios, startNagios, whyNoNagios } from '../support/nagios.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let cora: TestPerson
let tag: string
let queue: string

beforeAll(async () => {
  server = await startTestServer({ work: true })
  queue = await server.queue('Infrastructure', ['Infra'])
  cora = await server.person({ name: 'Cora', role: 'coordinator', teams: ['Infra'] })
  const category = (await cora.client(assetCategories.create, { name: 'Servers', class: 'device' })).id
  tag = (await cora.client(assets.register, { name: 'fileserver', category })).tag
})
afterAll(async () => await server.stop())

const until = async <T>(ask: () => Promise<T | undefined>, what: () => Promise<string>): Promise<T> => {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`it did not happen in time: ${await what()}`)
}
const alertThat = (
  q: string,
  holds: (alert: Awaited<ReturnType<typeof list>>[number]) => boolean,
  what: () => Promise<string>,
) => until(async () => (await list(q)).find(holds), what)
const list = async (q: string) => (await cora.client(alerts.list, { q })).items
const keyOf = async (way: 'nagios' | 'alertmanager') =>
  (await cora.client(alertSources.create, { slug: way, name: way, way, queue })).secret

const noNagios = whyNoNagios()
if (noNagios !== null) console.warn(`No alert of a real Nagios was taken: ${noNagios}.`)
describe.skipIf(noNagios !== null)('a real Nagios', () => {
  let nagios: Nagios
  beforeAll(async () => {
    nagios = await startNagios({
      base: server.base,
      key: await keyOf('nagios'),
      host: 'fileserver.example',
      service: 'Disk /srv',
    })
  })
  afterAll(async () => await nagios?.stop())

  it('opens the ticket of the right device, is acknowledged without one, and resolves it', async () => {
    await nagios.says(2, 'DISK CRITICAL - free space: /srv 12 MB (1% inode=97%)')
    const fired = await alertThat('Disk /srv', (one) => one.ticket !== null, nagios.log)
    expect(fired).toMatchObject({
      severity: 'critical',
      host: 'fileserver.example',
      asset: { tag },
      title: 'fileserver.example: Disk /srv CRITICAL',
    })
    const { items } = await cora.client(ticketItems.list, { id: fired.ticket!.id })
    expect(items.map(({ item }) => item.reference)).toEqual([tag])
    expect((await cora.client(tickets.show, { id: fired.ticket!.id })).description).toContain(
      'free space: /srv 12 MB (1% inode=97%)',
    )

    await nagios.command('ACKNOWLEDGE_SVC_PROBLEM;fileserver.example;Disk /srv;1;1;0;Cora;ordering a disk')
    const [source] = (await cora.client(alertSources.list, {})).items
    await until(
      async () => (await cora.client(alertSources.deliveries, { id: source!.id, state: 'left' })).items[0],
      nagios.log,
    )
    expect(await list('Disk /srv')).toHaveLength(1)

    await nagios.says(0, 'DISK OK')
    const over = await alertThat('Disk /srv', (one) => one.status === 'resolved', nagios.log)
    expect(over.ticket).toMatchObject({ id: fired.ticket!.id, open: false })
    expect((await cora.client(tickets.list, {})).items).toHaveLength(1)
  }, 60_000)
})

const noAlertmanager = whyNoAlertmanager()
if (noAlertmanager !== null) console.warn(`No alert of a real Alertmanager was taken: ${noAlertmanager}.`)
describe.skipIf(noAlertmanager !== null)('a real Alertmanager', () => {
  let alertmanager: Alertmanager
  beforeAll(async () => {
    alertmanager = await startAlertmanager({
      url: `${server.base}/api/v1/alerts/alertmanager`,
      key: await keyOf('alertmanager'),
    })
  })
  afterAll(async () => await alertmanager?.stop())

  it('groups two alerts: two tickets, of which the end of one resolves one', async () => {
    const down = (instance: string, endsAt?: string) => ({
      labels: { alertname: 'InstanceDown', severity: 'critical', instance },
      annotations: { summary: `${instance} is down` },
      ...(endsAt === undefined ? {} : { endsAt }),
    })
    await alertmanager.alerts([down('fileserver:9100'), down('web1:9100')])
    const what = () => Promise.resolve('no alert')
    const one = await alertThat('fileserver:9100 is down', (alert) => alert.ticket !== null, what)
    expect(one).toMatchObject({ asset: { tag }, severity: 'critical' })
    await alertThat('web1:9100 is down', (alert) => alert.ticket !== null, what)
    await alertmanager.alerts([down('fileserver:9100', new Date(Date.now() - 1000).toISOString())])
    await alertThat('fileserver:9100 is down', (alert) => alert.ticket?.open === false, what)
    expect((await list('web1:9100'))[0]).toMatchObject({ status: 'firing', ticket: { open: true } })
  }, 60_000)
})
