import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * PostgreSQL refuses to run as root. Root's Linchpin therefore runs it as another user, or, where that user cannot
 * reach the files (a checkout in a home only its owner may enter), in a user namespace in which root is `nobody`.
 */
export type RunAs = { kind: 'self' } | { kind: 'user'; uid: number; gid: number } | { kind: 'namespace' }

/** The owner of an existing cluster decides; a new one takes the safest way that reaches binaries and data. */
export function decideRunAs(options: { cluster: string; dataDir: string; binaries: string }): RunAs {
  const me = process.getuid?.()
  const owner = statSync(options.cluster, { throwIfNoEntry: false })
  if (me !== 0) {
    if (owner != null && owner.uid !== me) {
      throw new Error(
        `The database in ${options.cluster} belongs to user ${owner.uid}, and this is user ${me}. Start Linchpin as ` +
          `that user or as root, hand the directory over with chown, or name another one in LINCHPIN_DATA.`,
      )
    }
    return { kind: 'self' }
  }
  if (owner != null && owner.uid !== 0) return { kind: 'user', uid: owner.uid, gid: owner.gid }
  if (owner == null) {
    const candidates = [ownerOf(options.dataDir), passwdEntry('linchpin'), passwdEntry('nobody')]
    for (const user of candidates) {
      if (user == null || user.uid === 0) continue
      if (reaches(user, options.dataDir) && reaches(user, options.binaries)) return { kind: 'user', ...user }
    }
  }
  // In the namespace root keeps its files but not its power to enter those of others: hence the look at both.
  const look = ['sh', '-c', 'test -x "$1" && "$2" --version', 'sh', options.dataDir, options.binaries]
  const probe = spawnSync('unshare', [...namespace, ...look], { stdio: 'ignore' })
  if (probe.status === 0) return { kind: 'namespace' }
  throw new Error(
    `PostgreSQL does not run as root, user "nobody" may not enter ${options.dataDir} or ${options.binaries}, and this ` +
      `machine allows no user namespaces. Start Linchpin as an ordinary user, set LINCHPIN_DATA to a directory others ` +
      `may enter (chmod 711 on it and on those above it), or name a server in DATABASE_URL.`,
  )
}

const namespace = ['--user', '--map-user=65534', '--map-group=65534']

/** How `file` is started: the command, its arguments and spawn's options. */
export function asCommand(runAs: RunAs, file: string, args: string[]) {
  // Neither LD_PRELOAD nor anybody's secrets: PostgreSQL needs nothing of our environment.
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  if (runAs.kind === 'namespace') return { file: 'unshare', args: [...namespace, file, ...args], options: { env } }
  const { uid, gid } = runAs.kind === 'user' ? runAs : {}
  return { file, args, options: { env, ...(uid == null || gid == null ? {} : { uid, gid }) } }
}

function passwdEntry(name: string): { uid: number; gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

function ownerOf(path: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

/** May this user walk from / into the directory? */
function reaches(user: { uid: number; gid: number }, path: string): boolean {
  for (let directory = resolve(path); ; directory = dirname(directory)) {
    const at = statSync(directory)
    const bit = at.uid === user.uid ? 0o100 : at.gid === user.gid ? 0o010 : 0o001
    if ((at.mode & bit) === 0) return false
    if (directory === dirname(directory)) return true
  }
}
