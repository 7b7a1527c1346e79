import { Checkbox, Group, Select, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Ref } from '../../contract/action.ts'
import { categories, queues } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { PersonField } from '../people/PersonField.tsx'
import { useAddress } from '../platform/address.ts'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { RichText } from '../ui/RichText.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { DevicesField } from './DevicesField.tsx'
import { kindWord, levelWord } from './words.tsx'

interface Draft {
  title: string
  description: string
  kind: 'incident' | 'request'
  queue: string | null
  category: string | null
  requester: Ref | null
  impact: string
  urgency: string
  confidential: boolean
  attachments: string[]
  /** Tags. */
  devices: string[]
}
const blank: Draft = {
  title: '',
  description: '',
  kind: 'incident',
  queue: null,
  category: null,
  requester: null,
  impact: '2',
  urgency: '2',
  confidential: false,
  attachments: [],
  devices: [],
}

/** Only the title is required; everything typed is kept until the ticket is open. */
export default function OpenTicketPage() {
  const [draft, keep, drop] = useDraft('ticket-new', blank)
  const set = (change: Partial<Draft>): void => keep({ ...draft, ...change })
  const navigate = useNavigate()
  const worker = useMay('tickets.work')
  const known = useAsk(queues.list, { active: true })
  const tree = useAsk(categories.list, {})
  const open = useAct(tickets.open, {
    onDone: (ticket) => {
      drop()
      tellDone(t('ticketNew.done', { reference: ticket.reference }))
      void navigate({ to: paths.ticket(ticket.reference) })
    },
  })
  const leave = (): void => void navigate({ to: paths.tickets })
  useKeys(t('ticketNew.title'), [{ keys: 'escape', label: t('composer.later'), run: leave }])
  const devices = draft.devices ?? []
  // named in the address by the page of a device; from then on it is part of what is typed
  const [address, change] = useAddress()
  const named = address['asset']
  const about = address['title'] ?? ''
  useEffect(() => {
    if (named === undefined) return
    const before = draft.devices ?? []
    const title = draft.title === '' ? about.slice(0, 255) : draft.title
    if (!before.includes(named) || title !== draft.title)
      keep({ ...draft, title, devices: before.includes(named) ? before : [...before, named] })
    change({ asset: undefined, title: undefined })
  }, [named, about, draft, keep, change])
  const submit = (): void => {
    open.mutate({
      title: draft.title,
      description: draft.description,
      kind: draft.kind,
      impact: Number(draft.impact),
      urgency: Number(draft.urgency),
      confidential: draft.confidential,
      attachments: draft.attachments,
      assets: devices,
      ...(address['parent'] === undefined ? {} : { parent: address['parent'] }),
      ...(draft.queue === null ? {} : { queue: draft.queue }),
      ...(draft.category === null ? {} : { category: draft.category }),
      ...(draft.requester === null ? {} : { requester: draft.requester.id }),
    })
  }
  const levels = ['1', '2', '3'].map((level) => ({ value: level, label: levelWord(Number(level)) }))
  const failed = known.error ?? tree.error
  return (
    <Page title={t('ticketNew.title')} crumbs={[{ title: t('queue.title'), to: paths.tickets }]} shape="read">
      {failed !== null && known.data === undefined ? (
        <ErrorView error={failed} onRetry={() => void Promise.all([known.refetch(), tree.refetch()])} />
      ) : (
        <div>
          <Form
            onSubmit={submit}
            verb={t('ticketNew.verb')}
            busy={open.isPending}
            error={open.error}
            onCancel={leave}
            disabled={draft.title.trim() === ''}
          >
            <Stack gap="md">
              {address['parent'] !== undefined && (
                <p className="label" style={{ margin: 0 }}>
                  {t('family.opensChildOf', { reference: address['parent'] })}
                </p>
              )}
              <TextInput
                label={t('ticketNew.titleLabel')}
                description={t('ticketNew.titleHelp')}
                required
                autoFocus
                value={draft.title}
                error={fieldError(open.error, 'title')}
                onChange={(event) => set({ title: event.currentTarget.value })}
              />
              <div>
                <p className="label" style={{ margin: '0 0 4px' }}>
                  {t('ticketNew.description')}
                </p>
                <RichText
                  label={t('ticketNew.description')}
                  value={draft.description}
                  onChange={(description) => set({ description })}
                  onFile={(file) => set({ attachments: [...draft.attachments, file.id] })}
                  onSubmit={submit}
                  minHeight={140}
                />
              </div>
              <Group grow align="start" preventGrowOverflow={false}>
                <Select
                  miw={150}
                  label={t('column.kind')}
                  data={(['incident', 'request'] as const).map((kind) => ({ value: kind, label: kindWord(kind) }))}
                  value={draft.kind}
                  onChange={(kind) => set({ kind: kind ?? 'incident' })}
                />
                <Select
                  miw={150}
                  label={t('ticket.field.impact')}
                  data={levels}
                  value={draft.impact}
                  onChange={(impact) => set({ impact: impact ?? '2' })}
                />
                <Select
                  miw={150}
                  label={t('ticket.field.urgency')}
                  data={levels}
                  value={draft.urgency}
                  onChange={(urgency) => set({ urgency: urgency ?? '2' })}
                />
              </Group>
              <Group grow align="start" preventGrowOverflow={false}>
                <Select
                  miw={200}
                  label={t('column.queue')}
                  placeholder={known.data?.items.find((q) => q.isDefault)?.name ?? ''}
                  searchable
                  clearable
                  data={(known.data?.items ?? []).map((q) => ({ value: q.id, label: q.name }))}
                  value={draft.queue}
                  onChange={(queue) => set({ queue })}
                />
                <Select
                  miw={200}
                  label={t('column.category')}
                  searchable
                  clearable
                  limit={60}
                  data={(tree.data?.items ?? []).filter((c) => c.active).map((c) => ({ value: c.id, label: c.path }))}
                  value={draft.category}
                  onChange={(category) => set({ category })}
                />
              </Group>
              {worker && (
                <PersonField
                  label={t('column.requester')}
                  description={t('ticketNew.requesterHelp')}
                  value={draft.requester}
                  onChange={(requester) => set({ requester })}
                  error={fieldError(open.error, 'requester')}
                />
              )}
              <DevicesField
                requester={worker ? (draft.requester?.id ?? null) : null}
                value={devices}
                error={fieldError(open.error, 'item')}
                onChange={(next) => set({ devices: next })}
              />
              <Checkbox
                size="xs"
                label={t('ticketNew.confidential')}
                description={t('ticketNew.confidentialHelp')}
                checked={draft.confidential}
                onChange={(event) => set({ confidential: event.currentTarget.checked })}
              />
            </Stack>
          </Form>
        </div>
      )}
    </Page>
  )
}
