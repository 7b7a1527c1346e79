import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type ParsedMail, simpleParser } from 'mailparser'
import { freePort } from './free-port.ts'

/** Why there can be no Postfix here; null where there can. It starts as root alone, because it changes users. */
export function whyNoPostfix(): string | null {
  try {
    accessSync('/usr/sbin/postfix', constants.X_OK)
  } catch {
    return 'Postfix is not installed (Debian: apt-get install postfix)'
  }
  return process.getuid?.() === 0 ? null : 'Postfix starts only as root'
}

export interface Postfix {
  url: string
  port: number
  /** Raw mails in the box of an address, oldest first. */
  box(address: string): Promise<{ raw: string; parsed: ParsedMail }[]>
  /** The box of `mailbox@brightwater.example` and of mailbox+anything, as a Maildir for an IMAP server. */
  maildir: string
  log(): Promise<string>
  stop(): Promise<void>
}

const nobody = 65534

/** Mail to `desk@brightwater.example`, and to desk+anything, is piped to a gateway, as docs/operating/mail-in.md says. Answers the base address and the key at that moment. */
export type HandIn = () => { base: string; key: string }

/**
 * A Postfix of our own: configuration, queue and mailboxes in a temporary directory, one free port. It takes mail for `example.test` and
 * `brightwater.example`; `unknown.*` is refused at the door (550 5.1.1), `gone.*` is taken and comes back, `name+anything` goes to the box of `name`.
 */
export async function startPostfix(handIn: HandIn | null = null): Promise<Postfix> {
  const dir = await mkdtemp(join(tmpdir(), 'linchpin-postfix-'))
  await chmod(dir, 0o755)
  const port = await freePort()
  const boxes = join(dir, 'boxes')
  await mkdir(join(dir, 'etc'))
  await mkdir(boxes)
  await chown(boxes, nobody, nobody)
  await mkdir(join(dir, 'queue'))
  await mkdir(join(dir, 'data'))
  await chown(join(dir, 'data'), Number(execFileSync('id', ['-u', 'postfix']).toString()), 0)
  await writeFile(
    join(dir, 'etc/boxes'),
    '/^mailbox(\\+[^@]*)?@brightwater\\.example$/ mailbox/\nif !/^unknown\\./\n/^([^@+]+)[^@]*@(example\\.test|brightwater\\.example)$/ all/\nendif\n',
  )
  await writeFile(
    join(dir, 'etc/transport'),
    `/^gone\\./ gone:\n${handIn === null ? '' : '/^desk(\\+[^@]*)?@brightwater\\.example$/ linchpin:\n'}`,
  )
  const pipe = join(dir, 'hand-in')
  if (handIn !== null) {
    const { base, key } = handIn()
    await writeFile(
      pipe,
      `#!/bin/sh\ncurl --fail --silent --show-error --max-time 60 --data-binary @- -H 'content-type: message/rfc822' -H 'authorization: Bearer ${key}' "${base}/api/v1/mail/gateway?recipient=$1" > /dev/null || exit 75\n`,
    )
    await chmod(pipe, 0o755)
  }
  await writeFile(join(dir, 'etc/main.cf'), mainCf(dir))
  await writeFile(
    join(dir, 'etc/master.cf'),
    `${masterCf(port)}linchpin unix - n n - 4 pipe user=nobody argv=${pipe} \${recipient}\n`,
  )
  const postfix = spawn('/usr/sbin/postfix', ['-c', join(dir, 'etc'), 'start-fg'], { stdio: 'ignore' })
  try {
    await answering(port, postfix, join(dir, 'postfix.log'))
  } catch (error) {
    await end(dir, postfix)
    throw error
  }
  return {
    port,
    maildir: join(boxes, 'mailbox'),
    url: `smtp://127.0.0.1:${port}?starttls=never`,
    async box(address) {
      const folder = join(boxes, 'all/new')
      const [name, domain] = address.split('@')
      const names = await readdir(folder).catch(() => [])
      const mails = await Promise.all(
        names.map(async (file) => {
          const raw = await readFile(join(folder, file), 'utf8')
          const to = /^Delivered-To: ([^@+\s]+)[^@]*@(\S+)/im.exec(raw)
          return to?.[1] === name && to?.[2] === domain ? [{ raw, parsed: await simpleParser(raw) }] : []
        }),
      )
      return mails.flat().toSorted((a, b) => (a.parsed.date?.getTime() ?? 0) - (b.parsed.date?.getTime() ?? 0))
    },
    log: () => readFile(join(dir, 'postfix.log'), 'utf8').catch(() => 'there is no log'),
    stop: () => end(dir, postfix),
  }
}

/** Ends the master by its own command (it has a session of its own, so no signal to the process we started reaches it) and removes everything. */
async function end(dir: string, postfix: ChildProcess): Promise<void> {
  const ended = postfix.exitCode === null ? once(postfix, 'exit') : null
  await promisify(execFile)('/usr/sbin/postfix', ['-c', join(dir, 'etc'), 'stop']).catch(() => postfix.kill())
  await ended
  await rm(dir, { recursive: true, force: true })
}

/** Waits until something comes to an address that fits, or fails after a while. */
export async function arrived(
  postfix: Postfix,
  address: string,
  fits: (mail: ParsedMail) => boolean = () => true,
): Promise<{ raw: string; parsed: ParsedMail }> {
  for (let i = 0; i < 150; i++) {
    const found = (await postfix.box(address)).find((one) => fits(one.parsed))
    if (found !== undefined) return found
    await pause(100)
  }
  throw new Error(`no such mail came to the box of ${address.split('@')[0]}; ${await postfix.log()}`)
}

async function answering(port: number, postfix: ChildProcess, log: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (postfix.exitCode !== null) break
    const greeted = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', (text) => {
        socket.end('QUIT\r\n')
        done(text.toString().startsWith('220'))
      })
      socket.once('error', () => done(false))
    })
    if (greeted) return
    await pause(100)
  }
  throw new Error(`Postfix did not start: ${await readFile(log, 'utf8').catch(() => 'it wrote no log')}`)
}

const mainCf = (dir: string) => `compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${dir}/postfix.log
maillog_file_prefixes = ${dir}
myhostname = mail.brightwater.example
myorigin = brightwater.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtputf8_enable = no
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.test, brightwater.example
virtual_mailbox_base = ${dir}/boxes
virtual_mailbox_maps = regexp:${dir}/etc/boxes
virtual_uid_maps = static:${nobody}
virtual_gid_maps = static:${nobody}
virtual_minimum_uid = 100
transport_maps = regexp:${dir}/etc/transport
`

const masterCf = (port: number) => `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
gone unix - n n - - pipe user=nobody argv=/bin/sh -c {exit 67}
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
