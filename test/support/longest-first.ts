import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of twenty seconds and more, of which most wait for pages, peers and timers, the longest first. The runner itself knows only how large a file is. */
const long = [
  'test/journeys/states.test.ts',
  'test/journeys/more-states.test.ts',
  'test/journeys/pseudo-locale.test.ts',
  'test/permissions/permissions.test.ts',
  'cli/backup.test.ts',
  'test/permissions/canary.test.ts',
  'server/platform/embedded-postgres/embedded-postgres.test.ts',
  'cli/import.test.ts',
  'test/faults/bulk-kill.test.ts',
  'server/reconciliation/reconciliation.test.ts',
  'test/faults/nodes.test.ts',
  'server/tickets/imports/real-log.test.ts',
  'demo/demo.test.ts',
  'test/faults/kills.test.ts',
  'test/capabilities/audit.test.ts',
  'cli/accounts.test.ts',
  'test/faults/imap-kill.test.ts',
]
const gone = long.filter((file) => !existsSync(join(import.meta.dirname, '../..', file)))
if (gone.length > 0)
  throw new Error(`There is no ${gone.join(', ')} any more: give it its new name in longest-first.ts.`)

/**
 * Browser journeys first, then capabilities, each with its longest files in front: what begins last is short, and no core waits for it. A project's
 * files stay together, for a worker goes on with those of its own project alone.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification): number => {
      const at = long.findIndex((one) => file.moduleId.endsWith(`/${one}`))
      return (file.project.name === 'journeys' ? 0 : 1000) + (at < 0 ? long.length : at)
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
