import { ticketStates } from '../../../../contract/tickets.ts'
import type { FileContents } from '../../../files/public.ts'
import { ImportProblem } from '../../../platform/imports/import-problem.ts'
import type { ImportSettings, ImportSource, SourceRun } from '../../../platform/imports/source.ts'
import type { Origin } from '../origin.ts'
import { PersonRegistry } from '../person-registry.ts'
import { RelatedRecords } from '../related-records.ts'
import { asOfMoment, isZone } from '../rules/source-moments.ts'
import { takenReferences } from '../sources-store.ts'
import { conversationFields } from './fields.ts'
import { knownTickets } from './known-tickets.ts'
import { planTicket, type TicketPlan } from './plan-ticket.ts'
import { readMoment } from './rules/moments.ts'
import { isOurState, mappedStates } from './rules/words.ts'
import { writeTickets } from './write-tickets.ts'

interface Kind extends Origin {
  /** Before numbers that are nothing but digits. */
  prefix: string
}
const kinds: readonly Kind[] = [
  { source: 'tickets', label: 'Imported', prefix: 'OLD-' },
  { source: 'request-tracker', label: 'Request Tracker', prefix: 'RT-' },
  { source: 'osticket', label: 'osTicket', prefix: 'OST-' },
]

/** Tickets with their conversation, from any table or JSON, from Request Tracker, and from osTicket. */
export const ticketImports = (contents: () => FileContents): ImportSource[] =>
  kinds.map((kind) => ({
    source: kind.source,
    title: `imports.${kind.source}.title`,
    description: `imports.${kind.source}.description`,
    fields: conversationFields,
    keyField: 'key',
    keepsRest: true,
    options: ['asOf', 'zone', 'dateOrder'],
    states: ticketStates,
    begin: (settings) => begin(kind, settings, contents()),
  }))

/** A number of the source as a reference: one word that no address needs to escape. */
const referenceOf =
  ({ prefix }: Kind) =>
  (key: string): string => {
    const word = key.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '')
    return /^\d*$/.test(word) ? `${prefix}${word}` : word
  }

function begin(kind: Kind, given: ImportSettings, contents: FileContents): SourceRun<TicketPlan | null> {
  const settings = { ...given, origin: kind }
  const { zone, importedAt, dateOrder } = settings
  if (!isZone(zone)) throw new ImportProblem('imports.zone-unknown', { zone })
  const states = mappedStates(settings.mapping)
  for (const [word, state] of states)
    if (!isOurState(state)) throw new ImportProblem('imports.mapping-state-unknown', { word, state })
  const asOf = settings.asOf === null ? Infinity : asOfMoment(settings.asOf, zone, 0)
  if (asOf === null) throw new ImportProblem('imports.as-of-unreadable', { value: settings.asOf })
  const related = new RelatedRecords(settings, new PersonRegistry(settings))
  const words = {
    moment: (text: string) => readMoment(text, zone, dateOrder),
    states,
    until: Math.min(asOf, Date.parse(importedAt)),
    referenceOf: referenceOf(kind),
    label: kind.label,
  }
  return {
    async plan(db, subjects) {
      const keys = subjects.map((s) => s.key)
      const known = await knownTickets(db, kind.source, keys)
      const taken = await takenReferences(db, keys.map(words.referenceOf))
      return subjects.map((subject) => {
        const planned = planTicket(subject, known.get(subject.key), { ...words, taken })
        // two numbers of a file can be one reference
        if (planned.verdict === 'created') taken.add(planned.plan!.key)
        return planned
      })
    },
    write: (tx, planned) =>
      writeTickets(
        tx,
        settings,
        related,
        contents,
        planned.map((p) => p.plan).filter((plan) => plan !== null),
      ),
    report: async () => [],
  }
}
