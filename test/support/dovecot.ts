import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'

/** Why there can be no Dovecot here; null where there can. It starts as root alone, because it changes users. */
export function whyNoDovecot(): string | null {
  try {
    accessSync('/usr/sbin/dovecot', constants.X_OK)
  } catch {
    return 'Dovecot is not installed (Debian: apt-get install dovecot-imapd)'
  }
  return process.getuid?.() === 0 ? null : 'Dovecot starts only as root'
}

export interface Dovecot {
  /** Without encryption at first; STARTTLS is offered. */
  port: number
  /** Encrypted from the first byte, with a certificate that nobody issued. */
  tlsPort: number
  /** That certificate (PEM), for whoever wants to trust it; it names 127.0.0.1. */
  certificate: string
  /** Puts a message into a folder, as a mail server does. */
  deliver(user: string, raw: string, folder?: string): Promise<void>
  log(): Promise<string>
  /** Ends all sessions, as a crash does, and begins again on the same ports. */
  restart(downMs?: number): Promise<void>
  stop(): Promise<void>
}

const nobody = 65534

/**
 * A Dovecot of our own: configuration and mailboxes in a temporary directory, free ports. Everybody's password is `correct`; a token is asked for at
 * `introspection` (RFC 7662), where given. With `maildir` everybody has the same mailbox, which another server fills.
 */
export async function startDovecot(
  given: { introspection?: string; maildir?: string; days?: number } = {},
): Promise<Dovecot> {
  const dir = await mkdtemp(join(tmpdir(), 'linchpin-dovecot-'))
  await chmod(dir, 0o755)
  const port = await freePort()
  const tlsPort = await freePort()
  const home = join(dir, 'home')
  await mkdir(home)
  await chown(home, nobody, nobody)
  // prettier-ignore
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', String(given.days ?? 60), '-subj', '/CN=imap.brightwater.example', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')], { stdio: 'ignore' })
  await writeFile(join(dir, 'oauth2.conf'), oauth2Conf(given.introspection ?? ''))
  const conf = join(dir, 'dovecot.conf')
  await writeFile(
    conf,
    dovecotConf(dir, port, tlsPort, given.introspection !== undefined, given.maildir ?? '~/Maildir'),
  )
  const begin = async (): Promise<ChildProcess> => {
    const dovecot = spawn('/usr/sbin/dovecot', ['-F', '-c', conf], { stdio: 'ignore', detached: true })
    await answering(port, dovecot, join(dir, 'dovecot.log'))
    return dovecot
  }
  const end = async (dovecot: ChildProcess): Promise<void> => {
    if (dovecot.exitCode !== null) return
    const ended = once(dovecot, 'exit')
    // with its whole group: sessions outlive their master otherwise
    process.kill(-dovecot.pid!, 'SIGKILL')
    await ended
  }
  let running = await begin().catch(async (error: unknown) => {
    await rm(dir, { recursive: true, force: true })
    throw error
  })
  return {
    port,
    tlsPort,
    certificate: await readFile(join(dir, 'cert.pem'), 'utf8'),
    async deliver(user, raw, folder = 'INBOX') {
      const saved = execFile('/usr/bin/doveadm', ['-c', conf, 'save', '-u', user, '-m', folder])
      saved.stdin!.end(raw.replace(/\r?\n/g, '\r\n'))
      const [code] = (await once(saved, 'exit')) as [number]
      if (code !== 0) throw new Error(`Dovecot took no mail: ${await readFile(join(dir, 'dovecot.log'), 'utf8')}`)
    },
    log: () => readFile(join(dir, 'dovecot.log'), 'utf8').catch(() => 'there is no log'),
    async restart(downMs = 0) {
      await end(running)
      await pause(downMs)
      running = await begin()
    },
    async stop() {
      await end(running)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function answering(port: number, dovecot: ChildProcess, log: string): Promise<void> {
  for (let i = 0; i < 100 && dovecot.exitCode === null; i++) {
    const greeted = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', (text) => {
        socket.end('a LOGOUT\r\n')
        done(text.toString().startsWith('* OK'))
      })
      socket.once('error', () => done(false))
    })
    if (greeted) return
    await pause(100)
  }
  throw new Error(`Dovecot did not start: ${await readFile(log, 'utf8').catch(() => 'it wrote no log')}`)
}

const oauth2Conf = (introspection: string) => `introspection_url = ${introspection}
introspection_mode = post
username_attribute = username
active_attribute = active
active_value = true
`

const dovecotConf = (
  dir: string,
  port: number,
  tlsPort: number,
  tokens: boolean,
  maildir: string,
) => `base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login${tokens ? ' xoauth2 oauthbearer' : ''}
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${maildir}
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=correct
  mechanisms = plain login
}
${tokens ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${dir}/oauth2.conf\n}` : ''}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${dir}/home/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  # no waiting after a wrong password
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`
