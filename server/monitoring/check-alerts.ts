import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { makeCheck } from './make-check.ts'
import { anySource } from './sources-store.ts'
import { sourceActor, takeAlert } from './take-alerts.ts'
import { anyWatched, type CheckResult, saveWatched, type StoredCheck } from './watched-store.ts'

/** Makes a check and keeps how it went; enough failures in a row are an alert, one success ends it. */
export async function runCheck(platform: Platform, check: StoredCheck): Promise<void> {
  const result = await makeCheck(platform, check)
  const source = (await anySource(platform.database.db, check.source_id))!
  await runCommand(platform, sourceActor(source), async (ctx) => {
    ctx.unchanged()
    await keepResult(ctx, check.id, result)
  })
}

async function keepResult(ctx: Ctx, id: string, result: CheckResult): Promise<void> {
  const check = await anyWatched(ctx.tx, 'service_checks', id)
  if (check === undefined || !check.active) return
  const failures = result.ok ? 0 : check.failures + 1
  await saveWatched(
    ctx.tx,
    'service_checks',
    id,
    {
      failures,
      result: JSON.stringify(result),
      checked_at: ctx.now,
      next_at: new Date(Date.parse(ctx.now) + check.every_seconds * 1000).toISOString(),
    },
    false,
  )
  if (failures > 0 && failures < check.failures_needed) return
  const source = (await anySource(ctx.tx, check.source_id))!
  await takeAlert(
    ctx,
    source,
    {
      fingerprint: `check/${id}`,
      status: result.ok ? 'resolved' : 'firing',
      severity: check.severity,
      title: sentence('monitoring.words.check', { name: check.name }),
      text: sentence(result.code, result.params),
      host: null,
      link: check.kind === 'http' ? check.target : null,
      at: null,
      labels: { target: check.target },
    },
    { asset: check.asset_id },
  )
}
