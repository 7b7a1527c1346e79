import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const alertmanager = '/usr/bin/prometheus-alertmanager'

/** Why there can be no Alertmanager here; null where there can. */
export function whyNoAlertmanager(): string | null {
  try {
    accessSync(alertmanager, constants.X_OK)
    return null
  } catch {
    return 'Alertmanager is not installed (Debian: apt-get install prometheus-alertmanager)'
  }
}

export interface Alertmanager {
  /** Hands alerts in as Prometheus does. `endsAt` in the past: they are over. */
  alerts(
    given: { labels: Record<string, string>; annotations?: Record<string, string>; endsAt?: string }[],
  ): Promise<void>
  stop(): Promise<void>
}

/** An Alertmanager of our own that groups for a second only, and tells the address in Linchpin. */
export async function startAlertmanager(given: { url: string; key: string }): Promise<Alertmanager> {
  const dir = await mkdtemp(join(tmpdir(), 'linchpin-alertmanager-'))
  const port = await freePort()
  await writeFile(
    join(dir, 'alertmanager.yml'),
    `route:
  receiver: linchpin
  group_by: [alertname]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: linchpin
    webhook_configs:
      - url: ${given.url}
        send_resolved: true
        http_config:
          authorization:
            credentials: ${given.key}
`,
  )
  const running = spawn(
    alertmanager,
    [
      `--config.file=${join(dir, 'alertmanager.yml')}`,
      `--storage.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  )
  const base = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries++) {
    const ready = await fetch(`${base}/-/ready`).catch(() => null)
    if (ready?.ok === true) break
    if (tries === 100 || running.exitCode !== null) {
      await end(running, dir)
      throw new Error('Alertmanager did not start')
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    async alerts(list) {
      const answer = await fetch(`${base}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(list),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    stop: () => end(running, dir),
  }
}

async function end(running: ChildProcess, dir: string): Promise<void> {
  if (running.exitCode === null && running.signalCode === null) {
    running.kill('SIGTERM')
    await once(running, 'exit')
  }
  await rm(dir, { recursive: true, force: true, maxRetries: 5 })
}
