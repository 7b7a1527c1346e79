import { z } from 'zod'
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { isIP } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
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
  /** From LINCHPIN_FILES; else a folder in the data directory. */
  files: { kind: 'folder'; path: string } | ObjectStore
  /** Requests that one key or session may make within a minute; null: any number. */
  rateLimit: number | null
  /** Whose word about the visitor's address is believed: addresses and networks of proxies before us. */
  trustProxy: string[]
  /** From LINCHPIN_AUDIT_ANCHOR: a file elsewhere to which the heads of the sealed log are appended. */
  auditAnchor: string | null
  /** Private networks to which requests may be made, such as webhooks (CIDR, separated by commas). */
  outgoingAllow: string
  /** null: this installation sends no mail. */
  mail: { server: MailServer; from: MailAddress; bouncesTo: MailAddress | null } | null
}

/** An S3-compatible store. `endpoint` without a trailing slash, `prefix` empty or with one. */
export interface ObjectStore {
  kind: 'objects'
  endpoint: string
  bucket: string
  prefix: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** `s3://bucket/prefix?endpoint=https://...&region=...`; the credentials come from the usual two variables. Null: it is none. */
function objectStoreOf(text: string, env: Record<string, string | undefined>): ObjectStore | null {
  if (!URL.canParse(text) || new URL(text).protocol !== 's3:') return null
  const { hostname: bucket, pathname, searchParams } = new URL(text)
  const endpoint = searchParams.get('endpoint')
  const accessKeyId = env['AWS_ACCESS_KEY_ID']
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY']
  if (bucket === '' || endpoint === null || !isUrl(endpoint, ['http:', 'https:'])) return null
  if (accessKeyId === undefined || secretAccessKey === undefined) return null
  const prefix = pathname.replace(/^\/+|\/+$/g, '')
  return {
    kind: 'objects',
    endpoint: endpoint.replace(/\/+$/, ''),
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: searchParams.get('region') ?? 'us-east-1',
    accessKeyId,
    secretAccessKey,
  }
}

const proxies = (text: string): string[] => text.split(',').map((one) => one.trim())
const isProxy = (text: string): boolean =>
  ['loopback', 'linklocal', 'uniquelocal'].includes(text) ||
  (isIP(text.split('/')[0]!) !== 0 && /^[^/]+(\/\d{1,3})?$/.test(text))

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
  LINCHPIN_FILES: {
    expected:
      'the absolute path of a folder, or s3://bucket/prefix?endpoint=https://store.example.org&region=eu-1 with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set',
  },
  LINCHPIN_RATE_LIMIT: { expected: 'requests that one key or session may make within a minute; 0 for no limit' },
  LINCHPIN_TRUST_PROXY: { expected: 'addresses or networks of proxies, such as 10.0.0.5, 10.1.0.0/16, or loopback' },
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

const environment = (env: Record<string, string | undefined>) =>
  z
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
      LINCHPIN_FILES: z
        .string()
        .refine((text) => isAbsolute(text) || objectStoreOf(text, env) !== null)
        .optional(),
      LINCHPIN_RATE_LIMIT: z
        .string()
        .regex(/^\d{1,7}$/)
        .transform(Number)
        .default(6000),
      LINCHPIN_TRUST_PROXY: z
        .string()
        .refine((text) => proxies(text).every(isProxy))
        .optional(),
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
  const parsed = environment(env).safeParse(found)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
    throw new ConfigError([...names].map((name) => problemWith(name, found[name] ?? '')))
  }
  const { PORT: port, HOST: host, ...rest } = parsed.data
  const dataDir = resolve(rest.LINCHPIN_DATA ?? join(checkout, 'data'))
  return {
    port,
    host,
    dataDir,
    files: (rest.LINCHPIN_FILES === undefined ? null : objectStoreOf(rest.LINCHPIN_FILES, env)) ?? {
      kind: 'folder',
      path: rest.LINCHPIN_FILES ?? join(dataDir, 'files'),
    },
    rateLimit: rest.LINCHPIN_RATE_LIMIT === 0 ? null : rest.LINCHPIN_RATE_LIMIT,
    trustProxy: proxies(rest.LINCHPIN_TRUST_PROXY ?? 'loopback'),
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
