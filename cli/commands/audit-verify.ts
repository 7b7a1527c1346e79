import { resolve } from 'node:path'
import { access } from 'node:fs/promises'
import { verifyInstallation } from '../../server/audit/public.ts'
import { sentence } from '../../server/platform/catalogue.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { optional, type Run } from '../command.ts'
import { onInstallation } from '../installation.ts'
import { steps } from '../steps.ts'

/** Exit status 0: nothing was found. 1: something was, and every finding is named. */
export const run: Run = async (call) => {
  const anchor = optional(call, 'anchor')
  if (anchor !== null)
    await access(anchor).catch(() => {
      throw new Error(sentence('audit.anchor-missing', { path: anchor }))
    })
  return onInstallation(call, async ({ platform, organisation }) => {
    const progress = steps(process.stderr)
    const begun = performance.now()
    const found = await verifyInstallation(platform, organisation, systemActor(organisation, 'Command line'), {
      anchors: anchor === null ? [] : [resolve(anchor)],
      onProgress: (seals) => progress.show(`${seals.toLocaleString('en')} batches`),
    })
    progress.end()
    const inWords = ({ code, params }: (typeof found.findings)[number]) => ({
      code,
      ...params,
      says: sentence(code, params),
    })
    const findings = found.findings.map(inWords)
    const notes = found.notes.map(inWords)
    const seconds = (performance.now() - begun) / 1000
    if (call.json) call.print(JSON.stringify({ ...found, findings, notes, seconds }))
    else {
      for (const { says } of findings) call.print(`FOUND  ${says}`)
      for (const { says } of notes) call.print(`note   ${says}`)
      call.print(
        `${found.events.toLocaleString('en')} events in ${found.seals.toLocaleString('en')} sealed batches, ${found.unsealed.toLocaleString('en')} not yet sealed, ${found.erased.toLocaleString('en')} erased on request.`,
      )
      call.print(found.clean ? 'The log is as it was sealed.' : 'The log is not as it was sealed.')
    }
    return found.clean ? 0 : 1
  })
}
