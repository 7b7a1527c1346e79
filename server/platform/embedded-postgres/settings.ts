import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

export type Settings = Record<string, string | number>

/**
 * For a small machine that runs the application too: two cores, a few gigabytes. Whatever an acknowledged write needs
 * to survive a power cut is on, and stays on.
 */
export function serverSettings(machine: { memory: number; sharedMemory: number } = thisMachine()): Settings {
  const buffers = Math.round(Math.min(1024, Math.max(128, machine.memory / MB / 8)))
  return {
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',

    max_connections: 60,
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.round(Math.max(384, machine.memory / MB / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.round(Math.min(256, buffers))}MB`,
    // A container often has 64 MB of /dev/shm, where a parallel query fails with "No space left on device".
    dynamic_shared_memory_type: machine.sharedMemory < 256 * MB ? 'mmap' : 'posix',
    max_worker_processes: 4,
    max_parallel_workers: 2,
    max_parallel_workers_per_gather: 1,
    jit: 'off',
    random_page_cost: 1.1,

    wal_compression: 'on',
    min_wal_size: '128MB',
    max_wal_size: '1GB',
    checkpoint_timeout: '5min',
    checkpoint_completion_target: 0.9,

    // The defaults wait for a fifth of the table: 200,000 dead rows in a table of a million.
    autovacuum_max_workers: 2,
    autovacuum_naptime: '30s',
    autovacuum_vacuum_scale_factor: 0.05,
    autovacuum_vacuum_insert_scale_factor: 0.1,
    autovacuum_analyze_scale_factor: 0.02,
    autovacuum_vacuum_cost_limit: 1000,

    idle_in_transaction_session_timeout: '5min',
    timezone: 'UTC',
    client_encoding: 'UTF8',

    // The log holds no statement, no parameter and no DETAIL line, because those quote what people wrote.
    log_timezone: 'UTC',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: 0,
    log_autovacuum_min_duration: -1,
    log_checkpoints: 'off',
  }
}

function thisMachine() {
  const constrained = process.constrainedMemory()
  const memory = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()
  let sharedMemory = 0
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    sharedMemory = bsize * blocks
  } catch {
    // No /dev/shm: as good as none.
  }
  return { memory, sharedMemory }
}

/** The text of postgres.conf, written anew at each start. */
export function settingsFile(settings: Settings, socketDirectory: string): string {
  const all: Settings = {
    // No port is opened: only a process that may enter the socket's directory reaches this server.
    listen_addresses: '',
    unix_socket_directories: `"${socketDirectory}"`,
    unix_socket_permissions: '0700',
    port: PORT,
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  return [
    '# Written by Linchpin at each start. Your own settings go into postgres.local.conf in the data directory.',
    ...lines,
    "include_if_exists = 'postgres.local.conf'",
    '',
  ].join('\n')
}

/** Only part of the socket's name, `.s.PGSQL.5432`: nothing listens on this port. */
export const PORT = 5432
