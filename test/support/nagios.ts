import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

const nagios = '/usr/sbin/nagios4'

/** Why there can be no Nagios here; null where there can. */
export function whyNoNagios(): string | null {
  for (const [path, name] of [
    [nagios, 'nagios4-core'],
    ['/usr/bin/curl', 'curl'],
  ] as const)
    try {
      accessSync(path, constants.X_OK)
    } catch {
      return `${name} is not installed (Debian: apt-get install ${name})`
    }
  return null
}

export interface Nagios {
  /** What the check of the service answers from now on: 0 OK, 1 WARNING, 2 CRITICAL, and its words. */
  says(status: 0 | 1 | 2, words: string): Promise<void>
  /** Gives Nagios a command of its own, as its web pages do: `ACKNOWLEDGE_SVC_PROBLEM;...`. */
  command(line: string): Promise<void>
  log(): Promise<string>
  stop(): Promise<void>
}

/** The notification commands that the documentation tells operators to use, for one Linchpin. */
function documentedCommands(base: string, key: string): string {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/operating/alerts.md'), 'utf8')
  const found = /```nagios\n([\s\S]*?)```/.exec(text)?.[1]
  if (found === undefined) throw new Error('docs/operating/alerts.md does not say how Nagios notifies')
  return found.replaceAll('https://linchpin.example.com', base).replaceAll('YOUR-KEY', key)
}

/** A Nagios of our own in a temporary directory, with one host and one service that is checked every second. */
export async function startNagios(given: {
  base: string
  key: string
  host: string
  service: string
}): Promise<Nagios> {
  const dir = await mkdtemp(join(tmpdir(), 'linchpin-nagios-'))
  const at = (name: string) => join(dir, name)
  const says = async (status: number, words: string) =>
    await writeFile(at('check.sh'), `#!/bin/sh\necho ${JSON.stringify(words)}\nexit ${status}\n`, { mode: 0o755 })
  await says(0, 'fine')
  await mkdir(at('results'))
  const { username } = userInfo()
  await writeFile(
    at('objects.cfg'),
    `${documentedCommands(given.base, given.key)}
define command {
  command_name check_it
  command_line ${at('check.sh')}
}
define command {
  command_name check_up
  command_line /bin/true
}
define timeperiod {
  timeperiod_name always
  alias always
  sunday 00:00-24:00
  monday 00:00-24:00
  tuesday 00:00-24:00
  wednesday 00:00-24:00
  thursday 00:00-24:00
  friday 00:00-24:00
  saturday 00:00-24:00
}
define contact {
  contact_name linchpin
  host_notifications_enabled 1
  service_notifications_enabled 1
  host_notification_period always
  service_notification_period always
  host_notification_options d,u,r,f,s
  service_notification_options w,u,c,r,f,s
  host_notification_commands notify-host-by-linchpin
  service_notification_commands notify-service-by-linchpin
}
define host {
  host_name ${given.host}
  address 127.0.0.1
  check_command check_up
  max_check_attempts 1
  check_interval 3600
  contacts linchpin
  notification_period always
  check_period always
  notification_interval 0
}
define service {
  host_name ${given.host}
  service_description ${given.service}
  check_command check_it
  max_check_attempts 1
  check_interval 1
  retry_interval 1
  contacts linchpin
  notification_period always
  check_period always
  flap_detection_enabled 0
  notification_interval 0
}
`,
  )
  await writeFile(
    at('nagios.cfg'),
    Object.entries({
      log_file: at('nagios.log'),
      cfg_file: at('objects.cfg'),
      object_cache_file: at('objects.cache'),
      precached_object_file: at('objects.precache'),
      status_file: at('status.dat'),
      command_file: at('nagios.cmd'),
      lock_file: at('nagios.lock'),
      temp_file: at('nagios.tmp'),
      temp_path: dir,
      check_result_path: at('results'),
      state_retention_file: at('retention.dat'),
      log_archive_path: dir,
      nagios_user: username,
      nagios_group: username,
      interval_length: 1,
      check_external_commands: 1,
      query_socket: at('nagios.qh'),
      enable_notifications: 1,
      execute_service_checks: 1,
      check_for_updates: 0,
      illegal_macro_output_chars: '`~$&|\'"<>',
    })
      .map(([key, value]) => `${key}=${value}`)
      .join('\n'),
  )
  const running = spawn(nagios, [at('nagios.cfg')], { stdio: 'ignore' })
  return {
    says,
    command: async (line) => await writeFile(at('nagios.cmd'), `[${Math.floor(Date.now() / 1000)}] ${line}\n`),
    log: () => readFile(at('nagios.log'), 'utf8').catch(() => 'there is no log'),
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
