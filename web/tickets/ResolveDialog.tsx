import { Button, Checkbox, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { ticketItems } from '../../contract/ticket-items.ts'
import { tickets } from '../../contract/tickets.ts'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { RichText } from '../ui/RichText.tsx'
import { tellDone } from '../ui/told.ts'
import type { Acted } from './acted.ts'

/** How it was solved, told to the requester. Ctrl+enter sends. */
export function ResolveDialog({
  on,
  onResolve,
  onClose,
}: {
  on: readonly Acted[]
  /** Answers whether it was resolved. */
  onResolve: (resolution: string, children: boolean) => Promise<boolean>
  onClose: () => void
}) {
  const [text, keep, drop] = useDraft(`ticket:${on[0]?.id ?? ''}:resolution`, '')
  const [busy, setBusy] = useState(false)
  const [childrenToo, resolveChildren] = useState(false)
  const single = on.length === 1 ? on[0] : undefined
  const send = async (): Promise<void> => {
    setBusy(true)
    // what was typed is kept where it was refused
    if (await onResolve(text, childrenToo)) {
      drop()
      if (childrenToo) tellDone(t('family.resolvingToo'))
    }
    setBusy(false)
  }
  const what = on.length === 1 ? (on[0]?.reference ?? '') : t('acts.many', { n: on.length })
  return (
    <Modal opened onClose={onClose} title={t('resolve.title', { what })} size="lg" closeOnEscape>
      <p className="label" style={{ margin: '0 0 4px' }}>
        {t('resolve.label')}
      </p>
      <RichText
        label={t('resolve.label')}
        value={text}
        onChange={keep}
        onSubmit={() => void send()}
        onLeave={onClose}
        autoFocus
        minHeight={120}
      />
      {single !== undefined && <WillHappen ticket={single.id} />}
      {single !== undefined && <OpenChildren of={single.reference} chosen={childrenToo} onChoose={resolveChildren} />}
      <Group justify="space-between" mt="md">
        <span className="label">
          <kbd>ctrl</kbd> <kbd>enter</kbd> {t('resolve.verb')}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button loading={busy} onClick={() => void send()}>
            {t('resolve.verb')}
          </Button>
        </Group>
      </Group>
    </Modal>
  )
}

/** Whether what is part of the ticket is done with it; asked only where something is. */
function OpenChildren({ of, chosen, onChoose }: { of: string; chosen: boolean; onChoose: (chosen: boolean) => void }) {
  const asked = useAsk(tickets.list, { parent: of, open: true, limit: 1, count: 'capped' })
  const n = asked.data?.total ?? 0
  return n === 0 ? null : (
    <Checkbox
      mt="sm"
      label={t('family.resolveToo', { n, more: String(asked.data?.totalCapped ?? false) })}
      checked={chosen}
      onChange={(event) => onChoose(event.currentTarget.checked)}
    />
  )
}

/** What resolving does with the devices of the ticket. */
function WillHappen({ ticket }: { ticket: string }) {
  const asked = useAsk(ticketItems.list, { id: ticket })
  const coming = (asked.data?.items ?? []).filter(
    ({ task, doneAt }) => doneAt === null && task !== 'affected' && task !== 'stolen',
  )
  if (coming.length === 0) return null
  return (
    <div style={{ marginTop: 12 }}>
      <p className="label" style={{ margin: '0 0 4px' }}>
        {t('resolve.willHappen')}
      </p>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {coming.map((item) => (
          <li key={item.id}>
            {t(`resolve.will.${item.task as 'deploy' | 'take_back' | 'repair'}`, {
              what: [item.item.reference, item.item.name].filter(Boolean).join(' '),
              to: item.to?.name ?? 'none',
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
