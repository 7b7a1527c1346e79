import {
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Action, Answer, Sent } from '../../contract/action.ts'
import { act, ApiError, ask } from './client.ts'
import { actedOn } from './live.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // asked once also where the browser says that it is offline: a page that is kept on the device has its answers there
      networkMode: 'offlineFirst',
      staleTime: 20_000,
      refetchOnWindowFocus: false,
      retry: (times, error) => !(error instanceof ApiError) && times < 1,
      retryDelay: 400,
    },
    mutations: { retry: false },
  },
})

export interface AskOptions<T = unknown> {
  enabled?: boolean
  every?: number | false
  /** Asked again after so many milliseconds, as the answer so far wants it. */
  everyWhile?: (answer: T | undefined) => number | false
  keep?: boolean
}

/** Ask a question of the contract. The key is the action's name and its input, so that answers are shared and can be named. */
export const useAsk = <A extends Action>(
  action: A,
  input: Sent<A>,
  { enabled = true, every = false, everyWhile, keep = false }: AskOptions<Answer<A>> = {},
) =>
  useQuery<Answer<A>>({
    queryKey: [action.name, input],
    queryFn: async ({ signal }) => await ask(action, input, signal),
    enabled,
    refetchInterval: everyWhile === undefined ? every : (asked) => everyWhile(asked.state.data),
    ...(keep ? { placeholderData: (before: unknown) => before as never } : {}),
  })

interface Page<T> {
  items: T[]
  next: string | null
  total?: number | undefined
  totalCapped?: boolean | undefined
}
type ItemOf<A extends Action> = Answer<A> extends { items: (infer T)[] } ? T : never

/** A keyset list, page after page, as one array. */
export function useAskPages<A extends Action>(
  action: A,
  input: Sent<A>,
  options: { enabled?: boolean; every?: number } = {},
) {
  const asked = useInfiniteQuery({
    queryKey: [action.name, input, 'pages'],
    queryFn: async ({ pageParam, signal }) =>
      (await ask(action, { ...input, ...(pageParam === null ? {} : { after: pageParam }) }, signal)) as Page<ItemOf<A>>,
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<ItemOf<A>>) => last.next,
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
  })
  const items = useMemo(() => asked.data?.pages.flatMap((p) => p.items) ?? [], [asked.data])
  const first = asked.data?.pages[0]
  return {
    ...asked,
    items,
    /** The first page, with what it says beside its items. */
    first: first as Answer<A> | undefined,
    total: first?.total,
    totalCapped: first?.totalCapped ?? false,
  }
}

/** Which questions an act of a capability makes stale, beside the capability's own. */
const alsoStale: Record<string, readonly string[]> = {
  // what a ticket does with devices is carried out as it is resolved
  tickets: [
    'ticket-mail.',
    'ticket-drafts.mine',
    'today.',
    'queues.',
    'commitments.',
    'ticket-items.',
    'time-entries.',
    'asset-costs.',
    'assets.',
    'custody.',
  ],
  'ticket-parents': ['tickets.'],
  'ticket-merges': ['tickets.', 'today.', 'queues.', 'commitments.'],
  'time-entries': ['tickets.timeline', 'ticket-tasks.'],
  'ticket-items': ['tickets.timeline', 'asset-costs.', 'assets.', 'custody.', 'commitments.'],
  commitments: ['today.', 'tickets.show', 'tickets.timeline', 'assets.show', 'stock.show'],
  'commitment-series': ['commitments.'],
  people: ['teams.', 'me.'],
  teams: ['people.', 'queues.', 'me.'],
  me: [],
  notifications: ['me.show'],
  'chat-channels': ['notification-settings.'],
  links: ['notifications.', 'notification-settings.', 'me.show'],
  'ticket-settings': ['tickets.'],
  categories: [],
  macros: [],
  events: ['audit.'],
  backups: ['system.'],
  jobs: ['system.'],
  queues: ['me.'],
  'incoming-mails': ['tickets.', 'queues.', 'ticket-mail.'],
  'ticket-mail': ['tickets.timeline'],
  'ticket-rules': ['tickets.', 'queues.', 'commitments.'],
  alerts: ['ticket-items.'],
  'service-levels': ['tickets.show', 'commitments.'],
  calendars: ['service-levels.'],
  'ticket-tasks': ['tickets.timeline', 'tickets.show', 'orders.', 'commitments.', 'today.'],
  orders: ['tickets.', 'approvals.', 'portal.', 'catalogue.'],
  ratings: ['portal.', 'tickets.timeline'],
  'major-incidents': ['tickets.timeline', 'commitments.', 'today.'],
  'catalogue-setup': ['catalogue.'],
  'catalogue-categories': ['catalogue-setup.'],
  approvals: ['my-approvals.', 'portal.', 'orders.', 'tickets.timeline', 'commitments.', 'today.'],
  attestations: ['my-attestations.', 'assets.', 'custody.', 'my-things.', 'commitments.', 'today.'],
  'my-attestations': ['attestations.'],
  'asset-audits': ['assets.', 'custody.', 'commitments.', 'today.'],
  custody: ['assets.', 'stock.', 'my-things.', 'commitments.', 'today.'],
  'my-things': ['custody.', 'assets.', 'commitments.'],
  assets: ['custody.', 'commitments.', 'today.', 'loan-pools.', 'search.'],
  devices: ['agents.', 'device-pairs.', 'asset-seen.', 'installed-software.', 'assets.'],
  differences: ['assets.', 'custody.', 'my-things.', 'devices.', 'asset-seen.', 'commitments.', 'today.'],
  'reconciliation-settings': ['differences.', 'commitments.'],
  'device-pairs': ['devices.', 'agents.', 'asset-seen.', 'installed-software.'],
  stock: ['commitments.', 'today.'],
  manufacturers: ['asset-models.', 'assets.'],
  'asset-models': ['assets.'],
  'asset-categories': ['asset-models.', 'assets.', 'fields.'],
  'depreciation-classes': ['asset-categories.'],
  'loan-pools': ['assets.'],
  relations: ['assets.history'],
  services: ['relations.'],
  locations: ['assets.', 'stock.'],
  fields: ['assets.'],
}
/** Lists that must not move under the pointer: a row changed by the reader is replaced in place instead. */
const stays = new Set(['tickets.list'])

export function invalidateFor(client: QueryClient, capability: string): void {
  const prefixes = [`${capability}.`, ...(alsoStale[capability] ?? [])]
  void client.invalidateQueries({
    predicate: ({ queryKey: [name] }) =>
      typeof name === 'string' && !stays.has(name) && prefixes.some((prefix) => name.startsWith(prefix)),
  })
}

/** Put a record as it is now into every list that shows it, at its place. */
export function replaceRow<T extends { id: string }>(client: QueryClient, list: Action, row: T): void {
  client.setQueriesData<InfiniteData<Page<T>>>({ queryKey: [list.name] }, (data) =>
    data === undefined || !('pages' in data)
      ? data
      : {
          ...data,
          pages: data.pages.map((p) => ({
            ...p,
            items: p.items.map((item) => (item.id === row.id ? { ...item, ...row } : item)),
          })),
        },
  )
}

/** Act through the contract. One key per press: a repeat after a lost answer does not act twice. */
export function useAct<A extends Action>(
  action: A,
  options: { onDone?: (answer: Answer<A>, sent: Sent<A>) => void } = {},
) {
  const client = useQueryClient()
  return useMutation<Answer<A>, Error, Sent<A>>({
    mutationFn: async (input) => {
      const subject = (input as { id?: unknown }).id
      if (typeof subject === 'string') actedOn(subject)
      return await act(action, input, crypto.randomUUID())
    },
    onSuccess: (answer, sent) => {
      invalidateFor(client, action.name.split('.')[0] ?? '')
      options.onDone?.(answer, sent)
    },
  })
}
