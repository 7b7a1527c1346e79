import type { TicketState } from '../../../../../contract/tickets.ts'

const all = (state: TicketState, ...words: string[]) => words.map((word) => [word, state] as const)

/** States of Request Tracker, osTicket, Jira, Zendesk, Freshdesk, Zammad, OTRS and GLPI, in English and German. */
const states = new Map<string, TicketState>([
  ...all(
    'new',
    'new',
    'neu',
    'to do',
    'todo',
    'unassigned',
    'submitted',
    'backlog',
    'nicht zugewiesen',
    'zu erledigen',
  ),
  ...all(
    'in_progress',
    'open',
    'offen',
    'opened',
    'in progress',
    'in bearbeitung',
    'active',
    'assigned',
    'reopened',
    'wieder offen',
  ),
  ...all(
    'in_progress',
    'processing',
    'processing (assigned)',
    'processing (planned)',
    'in arbeit',
    'zugewiesen',
    'work in progress',
    'escalated',
  ),
  ...all(
    'in_progress',
    'in bearbeitung (zugewiesen)',
    'in bearbeitung (geplant)',
    'planned',
    'geplant',
    'in review',
    'selected for development',
  ),
  ...all(
    'waiting_requester',
    'pending',
    'wartend',
    'hold',
    'on hold',
    'on-hold',
    'stalled',
    'waiting',
    'waiting for customer',
    'waiting on customer',
  ),
  ...all(
    'waiting_requester',
    'pending reminder',
    'warten zur erinnerung',
    'warten auf erinnerung',
    'waiting for requester',
    'awaiting reply',
    'zurückgestellt',
  ),
  ...all(
    'waiting_requester',
    'warten auf kunde',
    'wartet auf kunden',
    'warten auf rückmeldung',
    'ausstehend',
    'answered',
    'beantwortet',
  ),
  ...all(
    'waiting_vendor',
    'waiting on third party',
    'waiting for vendor',
    'warten auf lieferant',
    'warten auf dritte',
    'waiting for support',
  ),
  ...all('waiting_change', 'waiting for change', 'warten auf änderung', 'waiting for approval', 'validation'),
  ...all(
    'resolved',
    'resolved',
    'solved',
    'gelöst',
    'done',
    'fertig',
    'erledigt',
    'completed',
    'fixed',
    'abgeschlossen',
  ),
  ...all(
    'resolved',
    'pending auto close',
    'pending auto close+',
    'pending auto close-',
    'pending close',
    'warten auf erfolglos schließen',
    'warten auf schließen',
  ),
  ...all(
    'closed',
    'closed',
    'geschlossen',
    'rejected',
    'abgelehnt',
    'deleted',
    'gelöscht',
    'archived',
    'archiviert',
    'merged',
    'zusammengefasst',
    'removed',
  ),
  ...all(
    'closed',
    'closed successful',
    'closed unsuccessful',
    'closed with workaround',
    'erfolgreich geschlossen',
    'erfolglos geschlossen',
    "won't do",
  ),
  ...all('closed', 'cancelled', 'canceled', 'abgebrochen', 'storniert', 'declined', 'duplicate', 'spam'),
])

/** Our states by their own names, as a mapping gives them. */
const own = new Set<string>([
  'new',
  'in_progress',
  'waiting_requester',
  'waiting_vendor',
  'waiting_change',
  'resolved',
  'closed',
])
export const isOurState = (word: string): word is TicketState => own.has(word)

const plain = (word: string): string => word.trim().toLowerCase().replace(/\s+/g, ' ')

/** What the mapping says that words of the file mean (`state:Parked` → `waiting_vendor`). */
export const mappedStates = (mapping: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(
    Object.entries(mapping)
      .filter(([header]) => /^state:/i.test(header))
      .map(([header, state]) => [plain(header.slice(6)), state]),
  )

/** What a state of the source is here; undefined for a word without a meaning. */
export function stateFor(word: string, mapped: ReadonlyMap<string, string>): TicketState | undefined {
  const said = mapped.get(plain(word))
  return said !== undefined && isOurState(said) ? said : states.get(plain(word))
}

const levels = new Map<string, number>(
  (
    [
      [
        1,
        'critical',
        'kritisch',
        'very high',
        'sehr hoch',
        'urgent',
        'dringend',
        'highest',
        'blocker',
        'emergency',
        'notfall',
        'major',
        '5 very high',
      ],
      [2, 'high', 'hoch', '4 high', '3 high'],
      [3, 'medium', 'mittel', 'normal', 'moderate', 'standard', '3 normal', '2 normal'],
      [4, 'low', 'niedrig', 'gering', 'minor', '2 low', '1 low'],
      [5, 'very low', 'sehr niedrig', 'sehr gering', 'lowest', 'trivial', 'planning', 'planung', '1 very low'],
    ] as const
  ).flatMap(([level, ...words]) => words.map((word) => [word, level] as const)),
)

/** A priority from 1 (most) to 5, by word; numbers only as `P2`, or `2 - High`: what a bare number means differs from product to product. */
export function priorityOf(cell: string): number | null {
  const word = plain(cell)
  const named = levels.get(word) ?? levels.get(word.replace(/^[p\d\s-]+/, ''))
  if (named !== undefined) return named
  const numbered = Number(/^p([1-5])$/.exec(word)?.[1])
  return Number.isNaN(numbered) ? null : numbered
}

/** Impact or urgency from 1 to 3. */
export function levelOfThree(cell: string): number | null {
  const level = priorityOf(cell)
  return level === null ? null : Math.min(3, Math.max(1, level - 1))
}

export type EntryKind = 'opened' | 'reply' | 'note' | 'state' | 'owner' | 'queue' | 'priority' | 'title' | 'other'

const kinds = new Map<string, EntryKind>(
  (
    [
      ['opened', 'create', 'created', 'description', 'ticket'],
      [
        'reply',
        'correspond',
        'reply',
        'public',
        'm',
        'r',
        'message',
        'response',
        'email',
        'e-mail',
        'antwort',
        'kommentar',
        'comment public',
        'followup',
      ],
      [
        'note',
        'comment',
        'note',
        'internal',
        'private',
        'n',
        'notiz',
        'intern',
        'interne notiz',
        'internal note',
        'work note',
        'itilfollowup private',
      ],
      ['state', 'status', 'state', 'zustand'],
      ['owner', 'owner', 'assignee', 'take', 'give', 'steal', 'untake', 'force', 'setwatcher', 'bearbeiter'],
      ['queue', 'queue', 'group', 'department', 'team'],
      ['priority', 'priority', 'priorität'],
      ['title', 'subject', 'title', 'summary'],
    ] as const
  ).flatMap(([kind, ...words]) => words.map((word) => [word, kind] as const)),
)
/** What a row of the conversation is, by what the source calls it; undefined for a word without a meaning. */
export const entryKindOf = (word: string): EntryKind | undefined => kinds.get(plain(word))
