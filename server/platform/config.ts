import { z } from 'zod'
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type MailAddress, mailAddressOf, type MailServer, mailServerOf } from './mail-server.ts'
import { networksOf } from './private-addresses.ts'

export type Config = {
  port: number
  host: string
  /** Absolute. Holds the secret, uploaded files and, unless DATABASE_URL names a server, the database. */
  dataDir: string
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null
  /** Where people reach this installation; without a trailing slash. */
  publicUrl: string
  /** From LINCHPIN_SECRET; null: the file `secret.key` in the data directory. */
  secret: string | null
  /** From LINCHPIN_BACKUP_KEY: a file or the key itself; null: the file `backup.key` in the data directory. */
  backupKey: string | null
  /** From LINCHPIN_AUDIT_ANCHOR: a file elsewhere to which the heads of the sealed log are appended. */
  auditAnchor: string | null
  /** Private networks to which requests may be made, such as webhooks (CIDR, separated by commas). */
  outgoingAllow: string
  /** null: this installation sends no mail. */
  mail: { server: MailServer; from: MailAddress; bouncesTo: MailAddress | null } | null
}

/** The environment cannot be used; `problems` holds one sentence for each variable. */
export class ConfigError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const checkout = resolve(import.meta.dirname, '../..')

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

/** `secret: true` keeps the value found out of the message: it may hold a password. */
const expectations: Record<string, { expected: string; secret?: true }> = {
  PORT: { expected: 'a whole number from 0 to 65535, such as 8080 (0 takes any free port)' },
  HOST: { expected: 'an address to listen on, such as 127.0.0.1, or 0.0.0.0 for every network' },
  LINCHPIN_DATA: { expected: 'the path of a directory' },
  DATABASE_URL: {
    expected: 'an address of a PostgreSQL server, such as postgresql://user:password@host:5432/linchpin',
    secret: true,
  },
  LINCHPIN_URL: { expected: 'the address people open, such as https://it.example.org, without a query' },
  LINCHPIN_SECRET: { expected: 'at least 32 characters, the same on every node', secret: true },
  LINCHPIN_BACKUP_KEY: { expected: 'the path of a key file, or the key itself', secret: true },
  LINCHPIN_AUDIT_ANCHOR: { expected: 'the path of a file, best on another machine' },
  SMTP_URL: {
    expected:
      'an address of a mail server, such as smtp://user:password@mail.example.org:587 or smtps://mail.example.org',
    secret: true,
  },
  MAIL_FROM: { expected: 'the sender of mails, such as IT desk <it@example.org>; SMTP_URL needs it' },
  MAIL_BOUNCES_TO: { expected: 'a mailbox whose mail comes back to Linchpin, such as bounces@it.example.org' },
  OUTGOING_ALLOW: { expected: 'private networks that requests may go to, such as 10.0.0.0/8, 192.168.7.20' },
}

const environment = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65535))
      .default(8080),
    HOST: z.string().regex(/^\S+$/).default('127.0.0.1'),
    LINCHPIN_DATA: z
      .string()
      .refine((path) => !path.includes('\0'))
      .optional(),
    DATABASE_URL: z
      .string()
      .refine((text) => isUrl(text, ['postgres:', 'postgresql:']))
      .optional(),
    LINCHPIN_URL: z
      .string()
      .refine((text) => isUrl(text, ['http:', 'https:']) && !/[?#]/.test(text))
      .optional(),
    LINCHPIN_SECRET: z.string().min(32).optional(),
    LINCHPIN_BACKUP_KEY: z.string().min(4).optional(),
    LINCHPIN_AUDIT_ANCHOR: z
      .string()
      .refine((path) => !path.includes('\0'))
      .optional(),
    OUTGOING_ALLOW: z
      .string()
      .refine((text) => networksOf(text) !== null)
      .optional(),
    SMTP_URL: z
      .string()
      .refine((text) => mailServerOf(text) !== null)
      .optional(),
    MAIL_FROM: z
      .string()
      .refine((text) => mailAddressOf(text) !== null)
      .optional(),
    MAIL_BOUNCES_TO: z
      .string()
      .refine((text) => mailAddressOf(text) !== null)
      .optional(),
  })
  .refine((found) => found.SMTP_URL === undefined || found.MAIL_FROM !== undefined, { path: ['MAIL_FROM'] })

/** An empty variable counts as unset: that is what `PORT= npm start` and compose files mean by it. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const found = Object.fromEntries(Object.keys(expectations).map((name) => [name, env[name]?.trim() || undefined]))
  const parsed = environment.safeParse(found)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
    throw new ConfigError([...names].map((name) => problemWith(name, found[name] ?? '')))
  }
  const { PORT: port, HOST: host, ...rest } = parsed.data
  return {
    port,
    host,
    dataDir: resolve(rest.LINCHPIN_DATA ?? join(checkout, 'data')),
    databaseUrl: rest.DATABASE_URL ?? null,
    publicUrl: (rest.LINCHPIN_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`).replace(/\/+$/, ''),
    secret: rest.LINCHPIN_SECRET ?? null,
    backupKey: rest.LINCHPIN_BACKUP_KEY ?? null,
    auditAnchor: rest.LINCHPIN_AUDIT_ANCHOR === undefined ? null : resolve(rest.LINCHPIN_AUDIT_ANCHOR),
    outgoingAllow: rest.OUTGOING_ALLOW ?? '',
    mail:
      rest.SMTP_URL === undefined
        ? null
        : {
            server: mailServerOf(rest.SMTP_URL)!,
            from: mailAddressOf(rest.MAIL_FROM!)!,
            bouncesTo: rest.MAIL_BOUNCES_TO === undefined ? null : mailAddressOf(rest.MAIL_BOUNCES_TO),
          },
  }
}

function problemWith(name: string, value: string): string {
  const { expected, secret } = expectations[name] ?? { expected: 'another value' }
  return `${name} is ${secret ? 'not usable (its value is not shown here)' : `"${value}"`}; expected ${expected}.`
}

/** At least 32 bytes for signing and encryption, made once for each installation. */
export async function loadSecret(config: Pick<Config, 'dataDir' | 'secret'>): Promise<Buffer> {
  if (config.secret != null) return Buffer.from(config.secret, 'utf8')
  const path = join(config.dataDir, 'secret.key')
  const existing = await readSecret(path)
  if (existing != null) return existing
  await mkdir(config.dataDir, { recursive: true, mode: 0o711 })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(`${randomBytes(48).toString('base64url')}\n`)
    await file.sync()
    await file.close()
    // link() refuses an existing name, so that of two first starts at once one wins and both read the same secret.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readSecret(path)
  if (made == null) throw new ConfigError([`${path} could not be written.`])
  return made
}

async function readSecret(path: string): Promise<Buffer | null> {
  let text: string
  try {
    text = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const secret = Buffer.from(text, 'base64url')
  if (secret.length < 32) {
    throw new ConfigError([`${path} holds ${secret.length} bytes; expected at least 32. Restore it from a backup.`])
  }
  return secret
}
