import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { Config } from '../../server/platform/config.ts'
import { mailServerOf } from '../../server/platform/mail-server.ts'

export interface TakenMessage {
  from: string
  to: string[]
  raw: string
  parsed: ParsedMail
}

/** A reply other than OK. */
export const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

/** What the server does at each command; every hook sees how often it was asked before. */
export interface SmtpScript {
  onConnect?: (times: number) => Error | 'stall' | null
  onRcpt?: (address: string, times: number) => Error | null
  /** After the whole message has arrived: `drop` closes without a reply, though the message is kept; `keep and stall` keeps it and never replies. */
  onMessage?: (times: number) => Error | 'stall' | 'drop' | 'keep and stall' | null
}

export interface TestSmtp {
  url: string
  port: number
  taken: TakenMessage[]
  connections: number
  script: SmtpScript
  close(): Promise<void>
}

/** A mail server that does what a script says, on a free port. */
export async function startSmtp(script: SmtpScript = {}, options: SMTPServerOptions = {}): Promise<TestSmtp> {
  let rcpts = 0
  let messages = 0
  const state: TestSmtp = { url: '', port: 0, taken: [], connections: 0, script, close: async () => {} }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, callback) {
      const answer = state.script.onConnect?.(state.connections) ?? null
      state.connections++
      if (answer !== 'stall') callback(answer)
    },
    onRcptTo(address, _session, callback) {
      callback(state.script.onRcpt?.(address.address, rcpts++) ?? null)
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts)
        const settle = (parsed: ParsedMail) => {
          const answer = state.script.onMessage?.(messages++) ?? null
          const { mailFrom, rcptTo } = session.envelope
          const kept = answer === null || answer === 'drop' || answer === 'keep and stall'
          if (kept)
            state.taken.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map((one) => one.address),
              raw: raw.toString('utf8'),
              parsed,
            })
          if (answer === 'stall' || answer === 'keep and stall') return
          if (answer === 'drop') return server.connections.forEach((c) => c._socket.destroy())
          callback(answer)
        }
        void simpleParser(raw).then(settle)
      })
    },
    ...options,
  })
  // a client that leaves in the middle is part of the script
  server.on('error', () => {})
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  state.port = (server.server.address() as AddressInfo).port
  state.url = `smtp://127.0.0.1:${state.port}?starttls=never`
  let closed = false
  state.close = () =>
    closed
      ? Promise.resolve()
      : new Promise((done) => {
          closed = true
          server.close(() => done())
          for (const connection of server.connections) connection._socket.destroy()
        })
  return state
}

export async function smtpForThisTest(script: SmtpScript = {}, options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const smtp = await startSmtp(script, options)
  onTestFinished(() => smtp.close())
  return smtp
}

export const mailSettings = (
  url: string,
  more: Partial<NonNullable<Config['mail']>> = {},
): NonNullable<Config['mail']> => ({
  server: mailServerOf(url)!,
  from: { name: 'IT desk', address: 'it@brightwater.example' },
  bouncesTo: null,
  ...more,
})
