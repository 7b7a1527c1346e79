import { type MyDraft, ticketDrafts } from '../../contract/ticket-drafts.ts'
import { useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'

/** The tickets on which the reader has something unsent; none while it is not known. `every`: asked again after so many milliseconds, by one place of a page. */
export function useMyDrafts(every: number | false = false): readonly MyDraft[] {
  const me = useMe()
  return useAsk(ticketDrafts.mine, {}, { enabled: me?.person != null, every }).data?.items ?? []
}
