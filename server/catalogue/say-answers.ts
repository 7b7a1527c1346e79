import type { Answers, FormField } from '../../contract/catalogue.ts'
import { assetsById } from '../assets/public.ts'
import { personNames } from '../people/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'
import { moneyText } from '../platform/money-words.ts'

export interface SaidAnswer {
  key: string
  label: string
  text: string
}

/**
 * The answers as a person reads them, and what is wrong with those that name something: a person who is not there, a device that is not the
 * orderer's, a file that is neither the uploader's nor of the order already (`kept`).
 */
export async function sayAnswers(
  db: Db,
  by: { organisation: string; requester: string | null; uploader: string; kept?: readonly string[] },
  asked: readonly FormField[],
  answers: Answers,
  currency: string | null,
): Promise<{ said: SaidAnswer[]; wrong: Map<string, Refusal>; devices: string[]; files: string[] }> {
  const of = (type: FormField['type']) =>
    asked.flatMap((field) => (field.type === type && answers[field.key] != null ? [answers[field.key]!] : []))
  const devices = of('device').map(String)
  const files = of('file').flatMap((list) => (Array.isArray(list) ? list : []))
  const people = await personNames(db, by.organisation, of('person').map(String))
  const things = new Map((await assetsById(db, by.organisation, devices)).map((a) => [a.id, a]))
  const uploads = await sql<{ id: string; name: string }>`
    select id, name from files where id = any(${files}::uuid[]) and organisation_id = ${by.organisation} and (created_by = ${by.uploader}::uuid or id = any(${by.kept ?? []}::uuid[]))`.execute(
    db,
  )
  const names = new Map(uploads.rows.map((row) => [row.id, row.name]))
  const wrong = new Map<string, Refusal>()
  const said = asked.flatMap((field): SaidAnswer[] => {
    const answer = answers[field.key]
    if (answer === null || answer === undefined) return []
    const bad = (code: string): string => {
      wrong.set(field.key, { code: `fields.${code}`, params: { label: field.label } })
      return ''
    }
    return [{ key: field.key, label: field.label, text: textOf(field, answer, bad) }]
  })
  return { said, wrong, devices, files }

  function textOf(field: FormField, answer: NonNullable<Answers[string]>, bad: (code: string) => string): string {
    switch (field.type) {
      case 'boolean':
        return sentence(answer === true ? 'catalogue.yes' : 'catalogue.no')
      case 'money':
        return moneyText({ minor: Number(answer), currency: currency ?? 'EUR' })
      case 'person':
        return people.get(String(answer)) ?? bad('not-person')
      case 'device': {
        const thing = things.get(String(answer))
        return thing === undefined || thing.holder_id !== by.requester
          ? bad('not-device')
          : `${thing.tag} ${thing.name || (thing.model_name ?? '')}`.trim()
      }
      case 'file':
        return Array.isArray(answer) && answer.every((id) => names.has(id))
          ? answer.map((id) => names.get(id)!).join(', ')
          : bad('not-file')
      default:
        return String(answer)
    }
  }
}
