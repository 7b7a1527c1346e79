import { type MyDraft, ticketDrafts } from '../../contract/ticket-drafts.ts'
import { useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'

/** The tickets on which the reader has something unsent; none while it is not known. */
export function useMyDrafts(): readonly MyDraft[] {
  const me = useMe()
  return useAsk(ticketDrafts.mine, {}, { enabled: me?.person != null, every: 60_000 }).data?.items ?? []
}
