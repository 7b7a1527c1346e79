import pg from 'pg'
import type { Logger } from 'pino'

/**
 * One connection that listens to PostgreSQL's NOTIFY for this node and comes back by itself after a break.
 * `onReconnect` tells that messages may have been missed.
 */
export class Listener {
  readonly #connection: pg.PoolConfig
  readonly #log: Logger
  readonly #heard = new Map<string, ((payload: string) => void)[]>()
  #client: pg.Client | null = null
  #stopped = false
  #retry: NodeJS.Timeout | null = null
  onReconnect: () => void = () => {}

  constructor(connection: pg.PoolConfig, log: Logger) {
    this.#connection = connection
    this.#log = log
  }

  on(channel: string, hear: (payload: string) => void): void {
    this.#heard.set(channel, [...(this.#heard.get(channel) ?? []), hear])
  }

  async start(): Promise<void> {
    if (this.#stopped) return
    const client = new pg.Client({ ...(this.#connection as pg.ClientConfig), keepAlive: true })
    try {
      await client.connect()
      client.on('notification', ({ channel, payload }) =>
        this.#heard.get(channel)?.forEach((hear) => hear(payload ?? '')),
      )
      client.on('error', () => {})
      client.on('end', () => this.#again())
      for (const channel of this.#heard.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`)
      this.#client = client
      this.onReconnect()
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'the listening connection could not be opened; trying again')
      client.removeAllListeners('end')
      await client.end().catch(() => {})
      this.#again()
    }
  }

  #again(): void {
    this.#client = null
    if (this.#stopped || this.#retry !== null) return
    this.#retry = setTimeout(() => {
      this.#retry = null
      void this.start()
    }, 500)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#retry !== null) clearTimeout(this.#retry)
    await this.#client?.end().catch(() => {})
  }
}
