import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { servingProcess } from '../../platform/embedded-postgres/embedded-postgres.ts'
import type { Finding } from './finding.ts'

export async function runtime(): Promise<Finding[]> {
  const text = await readFile(resolve(import.meta.dirname, '../../../package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> }
  const pinned = dependencies['node']
  const found = process.versions.node
  if (found === pinned) return [{ check: 'runtime', verdict: 'good', says: `Node ${found}` }]
  const says = `this is Node ${found}, and Linchpin is tested with ${pinned}`
  return [{ check: 'runtime', verdict: 'warning', says, mend: 'Start it with "npm start" or "npm run linchpin".' }]
}

export async function dataDirectory({ dataDir }: Config): Promise<Finding[]> {
  const check = 'data directory'
  const there = await stat(dataDir).catch(() => null)
  if (there != null && !there.isDirectory()) {
    return [
      { check, verdict: 'problem', says: `${dataDir} is not a directory`, mend: 'Name another in LINCHPIN_DATA.' },
    ]
  }
  const nearest = there == null ? dirname(dataDir) : dataDir
  const writable = await access(nearest, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) {
    const mend = `Give it to the user who runs Linchpin (chown -R USER ${nearest}), or set LINCHPIN_DATA.`
    return [{ check, verdict: 'problem', says: `this user may not write in ${nearest}`, mend }]
  }
  const { bsize, bavail } = await statfs(nearest)
  const gigabytes = (bsize * bavail) / 1024 ** 3
  const says = `${dataDir}, ${gigabytes.toFixed(1)} GB free`
  if (gigabytes >= 5) return [{ check, verdict: 'good', says }]
  const verdict = gigabytes < 1 ? 'problem' : 'warning'
  return [{ check, verdict, says, mend: 'Free space: a full disk stops the database.' }]
}

export async function secretFile({ dataDir, secret }: Config): Promise<Finding[]> {
  const check = 'secret'
  if (secret != null) return [{ check, verdict: 'good', says: 'comes from LINCHPIN_SECRET' }]
  const path = join(dataDir, 'secret.key')
  const there = await stat(path).catch(() => null)
  if (there == null) return [{ check, verdict: 'good', says: `will be made in ${path} at the first start` }]
  if ((there.mode & 0o077) === 0) return [{ check, verdict: 'good', says: `${path}, readable by its owner only` }]
  return [{ check, verdict: 'problem', says: `others may read ${path}`, mend: `chmod 600 ${path}` }]
}

export async function publicAddress({ publicUrl, host, dataDir }: Config): Promise<Finding[]> {
  const check = 'public address'
  const { protocol, hostname } = new URL(publicUrl)
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (here) {
    const mend = 'Set LINCHPIN_URL to the address others open: links in mails and sign-in depend on it.'
    const open = host === '0.0.0.0' || host === '::'
    return [
      { check, verdict: open ? 'warning' : 'good', says: `${publicUrl}, this machine only`, ...(open ? { mend } : {}) },
    ]
  }
  if (protocol === 'http:') {
    const mend = 'Put a reverse proxy with a certificate in front and use https in LINCHPIN_URL.'
    return [{ check, verdict: 'warning', says: `${publicUrl} is not encrypted`, mend }]
  }
  if (servingProcess(dataDir) != null && !(await answers(publicUrl))) {
    const mend = 'Look at the reverse proxy and at the name in the DNS.'
    return [{ check, verdict: 'warning', says: `${publicUrl} does not answer from here`, mend }]
  }
  return [{ check, verdict: 'good', says: publicUrl }]
}

export async function answers(base: string): Promise<boolean> {
  try {
    const answer = await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(3_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
