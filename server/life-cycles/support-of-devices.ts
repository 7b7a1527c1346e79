import type { Entry } from '../../contract/inventories.ts'
import type { Support } from '../../contract/life-cycles.ts'
import type { Db } from '../platform/db.ts'
import { cyclesOf, endedPrograms, keyOf, saveSystems, shownSupport } from './cycles-store.ts'
import { type Cycle, cycleOfSystem } from './rules/cycle-of.ts'

export interface AskedDevice {
  device: string
  /** What each of its agents says the system is. */
  systems: readonly Entry<'operatingSystem'>[]
  agents: readonly number[]
}

/** Until when a device's system is supported, and its programs that are not any more, each product once. */
export interface DeviceSupport {
  system: Support | null
  programs: { release: Support; seen: string }[]
}

/** The release that all agents who name one agree on; null unless it is certain. */
export function systemOf(systems: AskedDevice['systems']): Cycle | null {
  const found = systems.flatMap((one) => cycleOfSystem(one) ?? [])
  const [first] = found
  return first === undefined || found.some((one) => keyOf(one) !== keyOf(first)) ? null : first
}

/** Of many devices with a fixed number of statements. `today`: the day on which it is asked, yyyy-mm-dd. */
export async function supportOfDevices(
  db: Db,
  asked: readonly AskedDevice[],
  today: string,
  { keep = false }: { keep?: boolean } = {},
): Promise<Map<string, DeviceSupport>> {
  const systems = asked.map(({ device, systems: said }) => ({ device, found: systemOf(said) }))
  if (keep) await saveSystems(db, systems)
  const ended = await endedPrograms(
    db,
    asked.flatMap((one) => one.agents),
    today,
  )
  const cycles = await cyclesOf(db, [
    ...new Map([...systems.flatMap(({ found }) => found ?? []), ...ended].map((one) => [keyOf(one), one])).values(),
  ])
  const byAgent = Map.groupBy(ended, (one) => one.agent)
  return new Map(
    asked.map(({ device, agents }, at) => {
      const { found } = systems[at]!
      const system = found === null ? undefined : cycles.get(keyOf(found))
      const byRelease = Map.groupBy(
        agents.flatMap((agent) => byAgent.get(agent) ?? []),
        keyOf,
      )
      const programs = [...byRelease].map(([key, some]) => ({
        release: shownSupport(cycles.get(key)!, today),
        seen: [...new Set(some.map((one) => `${one.name} ${one.version}`.trim()))].join(', '),
      }))
      return [device, { system: system === undefined ? null : shownSupport(system, today), programs }]
    }),
  )
}
