import { type Calendar, compiledCalendar, currentVersion, firstCalendar } from '../calendars/public.ts'
import type { Db } from '../platform/db.ts'
import type { Reader } from './rules/when-to-send.ts'

/** What of a person's settings says when they may be reached. */
export interface Reached {
  organisation_id: string
  zone: string | null
  calendar_id: string | null
  quiet_from?: string | null
  quiet_until?: string | null
}

/** Working hours of persons, each calendar looked up once. One for each round: the next one sees what was edited. */
export class Readers {
  readonly #db: Db
  readonly #calendars = new Map<string, Promise<Calendar | null>>()

  constructor(db: Db) {
    this.#db = db
  }

  async of(person: Reached): Promise<Reader> {
    const calendar =
      person.calendar_id === null
        ? await this.ofOrganisation(person.organisation_id)
        : await this.#known(person.calendar_id, async () =>
            compiledCalendar(this.#db, await currentVersion(this.#db, person.calendar_id!)),
          )
    const { quiet_from: from, quiet_until: until } = person
    return {
      zone: person.zone ?? calendar?.zone ?? 'UTC',
      calendar,
      quiet: from == null || until == null ? null : { from, until },
    }
  }

  /** The working hours of whoever chose none. */
  ofOrganisation(organisation: string): Promise<Calendar | null> {
    return this.#known(organisation, async () => {
      const first = await firstCalendar(this.#db, organisation)
      return first === null ? null : compiledCalendar(this.#db, await currentVersion(this.#db, first.id))
    })
  }

  #known(key: string, find: () => Promise<Calendar | null>): Promise<Calendar | null> {
    const known = this.#calendars.get(key) ?? find()
    this.#calendars.set(key, known)
    return known
  }
}
