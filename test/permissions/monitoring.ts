import type { Client } from '../../contract/client.ts'
import { heartbeats } from '../../contract/heartbeats.ts'
import { alertSources } from '../../contract/monitoring.ts'
import { serviceChecks } from '../../contract/service-checks.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { sql } from '../../server/platform/db.ts'
import { handInAlerts } from '../../server/monitoring/public.ts'
import type { TestServer } from '../support/server.ts'

/** What monitoring has, for the permission tests; each call makes one of its own. */
export interface Watching {
  source(): Promise<string>
  /** One that fires, with a ticket in the own queue, named by a host. */
  alert(): Promise<string>
  delivery(state: 'taken' | 'failed'): Promise<string>
  heartbeat(): Promise<string>
  check(): Promise<string>
}

export function prepareMonitoring(server: TestServer, insider: Client, queue: string): Watching {
  const source = async () =>
    (await insider(alertSources.create, { slug: newId(), name: 'Sensors', way: 'pingdom', queue })).record.id
  const handIn = async (body: object) => (await handInAlerts(server.opened.platform, await source(), body)).id
  const fires = {
    check_name: 'Shop',
    description: 'no answer',
    check_id: 7,
    current_state: 'DOWN',
    check_params: { hostname: 'shop' },
  }
  return {
    source,
    async alert() {
      const delivery = await handIn(fires)
      const { rows } = await sql<{ id: string }>`
        select a.id from alerts a join alert_deliveries d on d.source_id = a.source_id where d.id = ${delivery}`.execute(
        server.db,
      )
      return rows[0]!.id
    },
    delivery: (state) => handIn(state === 'taken' ? fires : { unheard: true }),
    heartbeat: async () =>
      (await insider(heartbeats.create, { name: newId(), severity: 'error', everySeconds: 3600 })).record.id,
    check: async () =>
      (
        await insider(serviceChecks.create, {
          name: newId(),
          kind: 'tcp',
          target: 'shop.invalid:22',
          severity: 'error',
        })
      ).id,
  }
}
