import { sealEvents } from '../../server/audit/public.ts'
import { type Run } from '../command.ts'
import { onInstallation } from '../installation.ts'

/** A running server does this by itself; where none runs, after an import, this does it. */
export const run: Run = (call) =>
  onInstallation(call, async ({ platform }) => {
    const begun = performance.now()
    const sealed = await sealEvents(platform, true)
    const seconds = (performance.now() - begun) / 1000
    call.print(
      call.json
        ? JSON.stringify({ sealed, seconds })
        : `${sealed.toLocaleString('en')} events sealed in ${seconds.toFixed(1)} s.`,
    )
    return 0
  })
