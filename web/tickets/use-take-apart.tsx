import { ticketMerges } from '../../contract/ticket-merges.ts'
import { t } from '../platform/i18n.ts'
import { tellDone } from '../ui/told.ts'
import { useTicketWrite } from './writing.tsx'

/** Takes a merged ticket out of the other one again. */
export function useTakeApart() {
  const { write, dialog, busy } = useTicketWrite()
  return {
    dialog,
    busy,
    takeApart: async (ticket: { id: string; reference: string; version?: number }): Promise<void> => {
      const { id, reference, version } = ticket
      const done = await write(ticketMerges.takeApart, { id, ...(version === undefined ? {} : { version }) })
      if (done !== null) tellDone(t('merge.takenApart', { reference }))
    },
  }
}
