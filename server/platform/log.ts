import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/**
 * Logs say what happened, never to whom or with what words: names, addresses, titles and bodies stay in the database.
 * This list is the net under that rule, not the rule.
 */
const personal = [
  'name',
  'displayName',
  'email',
  'address',
  'addresses',
  'phone',
  'title',
  'subjectLine',
  'body',
  'text',
  'html',
  'note',
  'description',
  'comment',
  'password',
  'secret',
  'token',
  'key',
  'authorization',
  'cookie',
  'input',
  'payload',
  'before',
  'after',
  'connectionString',
  'ip',
  'userAgent',
  'remoteAddress',
  'query',
  'params',
  'detail',
]

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export function createLog(options: { level?: string | undefined; destination?: DestinationStream } = {}): Log {
  const wanted = options.level ?? process.env['LINCHPIN_LOG'] ?? 'info'
  const log = pino(
    {
      level: levels.includes(wanted) ? wanted : 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: '[removed]',
      },
      serializers: { err: describeError, error: describeError },
    },
    options.destination ?? (process.stderr.isTTY ? humanStream() : pino.destination({ dest: 2, sync: true })),
  )
  if (!levels.includes(wanted)) log.warn(`LINCHPIN_LOG is not one of ${levels.join(', ')}; using info.`)
  return log
}

/** PostgreSQL quotes the offending value in its messages and repeats the row in `detail`: neither goes into a log. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, constraint, table, column, severity } = error as Error & Record<string, unknown>
  const clean = (text: string) => (severity == null ? text : text.replaceAll(/: "[^\n]*"/g, ': "…"'))
  return {
    type: error.name,
    message: clean(error.message),
    ...Object.fromEntries(Object.entries({ code, constraint, table, column }).filter(([, value]) => value != null)),
    stack: clean(error.stack ?? ''),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  }
}

function humanStream(): DestinationStream {
  return { write: (line) => void process.stderr.write(humanLine(line)) }
}

const paint: Record<string, string> = { fatal: '\x1b[31m', error: '\x1b[31m', warn: '\x1b[33m', debug: '\x1b[2m' }

export function humanLine(json: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(json) as Record<string, unknown>
  const clock = String(time).slice(11, 19)
  const facts = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const stack = (err as { stack?: string } | undefined)?.stack
  const colour = paint[String(level)] ?? ''
  const tail = facts.length > 0 ? ` \x1b[2m${facts.join(' ')}\x1b[0m` : ''
  return `\x1b[2m${clock}\x1b[0m ${colour}${String(level).padEnd(5)}${colour && '\x1b[0m'} ${String(msg ?? '')}${tail}${stack ? `\n${stack}` : ''}\n`
}
