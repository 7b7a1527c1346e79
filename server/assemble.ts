import type { FastifyInstance } from 'fastify'
import type { Identify, Route } from './platform/mount.ts'
import type { Job } from './platform/jobs.ts'
import type { Reaction } from './platform/outbox.ts'
import { type Platform, runCommand } from './platform/platform.ts'
import { eventsById } from './platform/events.ts'
import { peopleRoutes } from './people/public.ts'

export interface Given {
  organisation: string
  hashPassword: (password: string) => Promise<string>
}

/** Work on a clock of its own, on every node. */
export interface Timer {
  start(): void
  stop(): Promise<void>
}

export interface Parts {
  routes: Route[]
  /** Addresses that are not actions: uploads, downloads. */
  special: ((app: FastifyInstance, identify: Identify) => void)[]
  reactions: Reaction[]
  jobs: Job[]
  timers: Timer[]
  listeners: [channel: string, hear: (payload: string) => void][]
}

/** The only place that knows every capability: what each contributes, and what one hands another. */
export function assemble(platform: Platform, given: Given): Parts {
  const { db } = platform.database
  const routes: Route[] = [
    ...peopleRoutes({
      publicUrl: platform.config.publicUrl,
      hashPassword: given.hashPassword,
      estates: [],
      queuesOfTeams: async () => new Map(),
      queuesServed: async () => [],
      unread: async () => 0,
    }),
  ]
  const reactions: Reaction[] = []
  const react: Job = {
    task: 'react',
    async run({ reaction, event }) {
      const found = reactions.find((r) => r.name === reaction)
      const [recorded] = await eventsById(db, [event as string])
      if (found !== undefined && recorded !== undefined) await found.react(recorded)
    },
  }
  void runCommand
  return { routes, special: [], reactions, jobs: [react], timers: [], listeners: [] }
}
