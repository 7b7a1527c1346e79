import { Checkbox, Modal, NumberInput, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Mailbox, mailboxes } from '../../contract/mailboxes.ts'
import { queues } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { canReach, reachedSent, reachedStart } from './reached.ts'
import { ReachedFields } from './ReachedFields.tsx'
import { TryConnection } from './TryConnection.tsx'
import { oneOf } from './words.ts'

const megabyte = 1024 * 1024
const kinds = ['gateway', 'imap'] as const
const unknown = ['create', 'quarantine', 'refuse'] as const
const outside = ['note', 'quarantine'] as const
const closed = ['reopen', 'follow_up'] as const

const start = (m: Mailbox | null) => ({
  name: m?.name ?? '',
  kind: m?.kind ?? ('gateway' as const),
  addresses: m?.addresses ?? [],
  queue: m?.queue.id ?? null,
  active: m?.active ?? true,
  confidential: m?.confidential ?? false,
  unknownSenders: m?.unknownSenders ?? ('create' as const),
  outsiders: m?.outsiders ?? ('note' as const),
  closedTickets: m?.closedTickets ?? ('reopen' as const),
  acknowledge: m?.acknowledge ?? true,
  taggedReplies: m?.taggedReplies ?? true,
  megabytes: Math.round((m?.mostBytes ?? 25 * megabyte) / megabyte),
  authservId: m?.authservId ?? '',
  perThread: m?.limits.perThread ?? 30,
  perSender: m?.limits.perSender ?? 60,
  newSenders: m?.limits.newSenders ?? 500,
  ...reachedStart(m),
})
type Values = ReturnType<typeof start>

/** What the contract takes of what the form holds. */
function sent(form: Values, queue: string) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    name: form.name,
    addresses: form.addresses,
    queue,
    active: form.active,
    confidential: form.confidential,
    unknownSenders: form.unknownSenders,
    outsiders: form.outsiders,
    closedTickets: form.closedTickets,
    acknowledge: form.acknowledge,
    taggedReplies: form.taggedReplies,
    mostBytes: form.megabytes * megabyte,
    authservId: orNull(form.authservId),
    limits: { perThread: form.perThread, perSender: form.perSender, newSenders: form.newSenders },
    ...(form.kind === 'gateway' ? {} : reachedSent(form)),
  }
}

interface Props {
  mailbox: Mailbox | null
  onClose: () => void
  onMade?: (id: string) => void
}

/** Add a mailbox, or change one: where its mail goes, how it is reached, what happens to mail that fits nowhere. */
export function MailboxForm({ mailbox, onClose, onMade }: Props) {
  const [form, setForm] = useState(() => start(mailbox))
  const [opened] = useState(mailbox?.version)
  const set = (change: Partial<Values>): void => setForm((before) => ({ ...before, ...change }))
  const known = useAsk(queues.list, { active: true })
  const create = useAct(mailboxes.create, {
    onDone: ({ id }) => {
      onClose()
      onMade?.(id)
    },
  })
  const edit = useAct(mailboxes.edit, { onDone: onClose })
  const act = mailbox === null ? create : edit
  const error = (path: string) => fieldError(act.error, path)
  const queue = form.queue ?? known.data?.items.find((one) => one.isDefault)?.id ?? null
  const isImap = form.kind === 'imap'
  const submit = (): void => {
    if (queue === null) return
    if (mailbox === null) create.mutate({ kind: form.kind, ...sent(form, queue) })
    else edit.mutate({ id: mailbox.id, version: opened, ...sent(form, queue) })
  }
  const options = (
    prefix: 'unknown' | 'outsiders' | 'closed' | 'kind' | 'encryption' | 'signIn',
    all: readonly string[],
  ) => all.map((value) => ({ value, label: t(`mailboxes.${prefix}.${value}` as never) }))
  return (
    <Modal opened onClose={onClose} title={t(mailbox === null ? 'mailboxes.add' : 'mailboxes.edit')} size="xl">
      <Form
        onSubmit={submit}
        verb={t(mailbox === null ? 'mailboxes.add' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={
          form.name.trim() === '' || form.addresses.length === 0 || queue === null || (isImap && !canReach(form))
        }
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
            <TextInput
              label={t('mailboxes.name')}
              description={t('mailboxes.nameHelp')}
              required
              data-autofocus
              value={form.name}
              error={error('name')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <Select
              label={t('mailboxes.kind')}
              description={t('mailboxes.kindHelp')}
              disabled={mailbox !== null}
              data={options('kind', kinds)}
              allowDeselect={false}
              value={form.kind}
              onChange={(value) => set({ kind: oneOf(kinds, value) ?? form.kind })}
            />
            <TagsInput
              label={t('mailboxes.addresses')}
              description={t('mailboxes.addressesHelp')}
              required
              value={form.addresses}
              error={error('addresses')}
              onChange={(addresses) => set({ addresses })}
            />
            <Select
              label={t('mailboxes.queue')}
              description={t('mailboxes.queueHelp')}
              required
              data={(known.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
              allowDeselect={false}
              value={queue}
              error={error('queue')}
              onChange={(value) => set({ queue: value })}
            />
          </SimpleGrid>
          {isImap && (
            <>
              <ReachedFields form={form} set={set} error={error} mailbox={mailbox} options={options} />
              <TryConnection form={form} mailbox={mailbox} />
            </>
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
            <Select
              label={t('mailboxes.unknown')}
              data={options('unknown', unknown)}
              allowDeselect={false}
              value={form.unknownSenders}
              onChange={(value) => set({ unknownSenders: oneOf(unknown, value) ?? form.unknownSenders })}
            />
            <Select
              label={t('mailboxes.outsiders')}
              data={options('outsiders', outside)}
              allowDeselect={false}
              value={form.outsiders}
              onChange={(value) => set({ outsiders: oneOf(outside, value) ?? form.outsiders })}
            />
            <Select
              label={t('mailboxes.closed')}
              data={options('closed', closed)}
              allowDeselect={false}
              value={form.closedTickets}
              onChange={(value) => set({ closedTickets: oneOf(closed, value) ?? form.closedTickets })}
            />
            <NumberInput
              label={t('mailboxes.most')}
              min={1}
              max={60}
              value={form.megabytes}
              error={error('mostBytes')}
              onChange={(value) => set({ megabytes: Number(value) })}
            />
            <TextInput
              label={t('mailboxes.authserv')}
              description={t('mailboxes.authservHelp')}
              value={form.authservId}
              error={error('authservId')}
              onChange={(event) => set({ authservId: event.currentTarget.value })}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" verticalSpacing="sm">
            {(['perThread', 'perSender', 'newSenders'] as const).map((name) => (
              <NumberInput
                key={name}
                label={t(`mailboxes.limit.${name}`)}
                min={1}
                value={form[name]}
                error={error(`limits.${name}`)}
                onChange={(value) => set({ [name]: Number(value) })}
              />
            ))}
          </SimpleGrid>
          {(['acknowledge', 'taggedReplies', 'confidential', 'active'] as const).map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={t(`mailboxes.${name}`)}
              description={t(`mailboxes.${name}Help`)}
              checked={form[name]}
              onChange={(event) => set({ [name]: event.currentTarget.checked })}
            />
          ))}
        </Stack>
      </Form>
    </Modal>
  )
}
