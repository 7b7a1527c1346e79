import type { RuleCondition } from '../../../contract/ticket-rules.ts'

/** What conditions look at. Texts are plain; ids as text. */
export interface TicketFacts {
  channel: string
  title: string
  /** Title and description, for rules that hear a reply also what was written. */
  text: string
  /** Addresses of the requester. */
  senders: readonly string[]
  requester: string | null
  department: string | null
  kind: string
  priority: number
  queue: string
  /** The category and those above it. */
  categories: readonly string[]
  state: string
  assignee: string | null
}

/** One writing of what looks the same: compatibility forms, case, white space. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patterns = new Map<string, RegExp>()
/** Words as whole words, in a row: `pay slip` does not hold in "repay slips". A star at the end takes any ending. */
function patternOf(words: string): RegExp {
  const known = patterns.get(words)
  if (known !== undefined) return known
  const plain = folded(words)
  const open = plain.endsWith('*')
  const body = escaped(open ? plain.slice(0, -1) : plain)
  const made = new RegExp(`(?<![\\p{L}\\p{N}_])${body}${open ? '' : '(?![\\p{L}\\p{N}_])'}`, 'u')
  if (patterns.size > 5000) patterns.clear()
  patterns.set(words, made)
  return made
}

const mentions = (text: string, words: readonly string[]): string | undefined => {
  const plain = folded(text)
  return words.find((one) => patternOf(one).test(plain))
}

/** `ann@example.com`, or `@example.com` for everybody there, subdomains included. */
const isFrom = (address: string, pattern: string): boolean => {
  const [a, p] = [address.toLowerCase(), pattern.toLowerCase()]
  if (!p.startsWith('@')) return a === p
  const domain = a.slice(a.lastIndexOf('@') + 1)
  return domain === p.slice(1) || domain.endsWith(`.${p.slice(1)}`)
}

/** The value that holds; undefined where none does. */
function held({ field, any }: RuleCondition, facts: TicketFacts): string | undefined {
  switch (field) {
    case 'title':
      return mentions(facts.title, any)
    case 'text':
      return mentions(facts.text, any)
    case 'sender':
      return any.find((pattern) => facts.senders.some((address) => isFrom(address, pattern)))
    case 'department':
      return any.find((name) => facts.department !== null && folded(name) === folded(facts.department))
    case 'category':
      return any.find((id) => facts.categories.includes(id))
    case 'assignee':
      return any.find((who) => (who === 'nobody' ? facts.assignee === null : facts.assignee === who))
    case 'priority':
      return any.find((one) => Number(one) === facts.priority)
    default:
      return any.find((value) => facts[field] === value)
  }
}

/** What made each condition hold (null: that none of its values does); null where one does not hold. */
export function matchTicket(conditions: readonly RuleCondition[], facts: TicketFacts): (string | null)[] | null {
  const why: (string | null)[] = []
  for (const condition of conditions) {
    const value = held(condition, facts)
    if ((value === undefined) !== condition.not) return null
    why.push(value ?? null)
  }
  return why
}
