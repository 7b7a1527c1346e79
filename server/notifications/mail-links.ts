import type { NoticeTopic } from '../../contract/notifications.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { linkFor } from './links-store.ts'

/** What a higher floor lets a link do to its records. */
export interface SubjectActs {
  /** Whether the reader could take the record now. */
  mayTake(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean>
  /** Whether the reader could put the commitment aside now. */
  maySnooze(db: Db, reader: Actor, commitment: string): Promise<boolean>
  /** Whether the reader is asked to decide now. */
  mayDecide(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean>
  /** Whether the reader may say now how they were served. */
  mayRate(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean>
}

/** A newsletter's link must work for long; what unsubscribes does no harm. Days. */
const unsubscribeDays = 365

/** The links of mails: where they lead, and how they are made. */
export class MailLinks {
  readonly #platform: Platform
  readonly #acts: SubjectActs

  constructor(platform: Platform, acts: SubjectActs) {
    this.#platform = platform
    this.#acts = acts
  }

  /** The page a token opens. */
  address(token: string): string {
    return `${this.#platform.config.publicUrl}/links/${token}`
  }

  ofSubject(subject: { kind: string; id: string; reference: string }): string {
    const path = this.#platform.subjects.get(subject.kind)?.path?.(subject) ?? '/notifications'
    return `${this.#platform.config.publicUrl}${path}`
  }

  mayTake(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean> {
    return this.#acts.mayTake(db, reader, subject)
  }

  maySnooze(db: Db, reader: Actor, commitment: string): Promise<boolean> {
    return this.#acts.maySnooze(db, reader, commitment)
  }

  mayDecide(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean> {
    return this.#acts.mayDecide(db, reader, subject)
  }

  mayRate(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean> {
    return this.#acts.mayRate(db, reader, subject)
  }

  /** Ends mails of these topics, or the digest, for this person. */
  async unsubscribe(tx: Db, person: string, from: readonly (NoticeTopic | 'digest')[], mail: string): Promise<string> {
    const token = await linkFor(tx, this.#platform.secret, {
      person,
      act: 'unsubscribe',
      target: { from },
      madeFor: `${mail}:unsubscribe`,
      days: unsubscribeDays,
    })
    return this.address(token)
  }
}
