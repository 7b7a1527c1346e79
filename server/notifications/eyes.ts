import { actorOfPerson } from '../people/public.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'
import type { Line } from './rules/escalation.ts'

/** Who of those in line sees a record: whoever does not is passed over, because being told of nothing helps nobody. One for each round. */
export class Eyes {
  readonly #db: Db
  readonly #subjects: Subjects
  readonly #actors = new Map<string, Promise<Actor | null>>()

  constructor(db: Db, subjects: Subjects) {
    this.#db = db
    this.#subjects = subjects
  }

  async thoseWhoSee(subject: { subject_kind: string; subject_id: string }, line: Line): Promise<Line> {
    const seeing = async (people: readonly string[]): Promise<string[]> => {
      const found: string[] = []
      for (const person of people) {
        const actor = await this.#actor(person)
        if (actor === null) continue
        const seen = await this.#subjects.visibleIds(this.#db, actor, subject.subject_kind, [subject.subject_id])
        if (seen.size > 0) found.push(person)
      }
      return found
    }
    return {
      leads: await seeing(line.leads),
      coordinators: await seeing(line.coordinators),
      administrators: await seeing(line.administrators),
    }
  }

  #actor(person: string): Promise<Actor | null> {
    const known = this.#actors.get(person) ?? actorOfPerson(this.#db, person)
    this.#actors.set(person, known)
    return known
  }
}
