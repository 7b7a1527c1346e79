import {
  Checkbox,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { type Mailbox, mailboxes } from '../../contract/mailboxes.ts'
import { queues } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'

const megabyte = 1024 * 1024
const oneOf = <T extends string>(all: readonly T[], given: string | null): T | undefined =>
  all.find((one) => one === given)
const kinds = ['gateway', 'imap'] as const
const encryptions = ['implicit', 'starttls', 'never'] as const
const signIns = ['password', 'oauth2'] as const
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
  host: m?.connection?.host ?? '',
  port: m?.connection?.port ?? 993,
  encryption: m?.connection?.encryption ?? ('implicit' as const),
  checkCertificate: m?.connection?.checkCertificate ?? true,
  user: m?.connection?.user ?? '',
  signIn: m?.connection?.signIn ?? ('password' as const),
  tokenUrl: m?.connection?.tokenUrl ?? '',
  clientId: m?.connection?.clientId ?? '',
  scope: m?.connection?.scope ?? '',
  folders: m?.connection?.folders ?? ['INBOX'],
  password: '',
  clientSecret: '',
  refreshToken: '',
})
type Values = ReturnType<typeof start>

/** What the contract takes of what the form holds; secrets that were left empty stay as they are. */
function sent(form: Values, queue: string) {
  const secrets = Object.fromEntries(
    (['password', 'clientSecret', 'refreshToken'] as const).flatMap((name) =>
      form[name] === '' ? [] : [[name, form[name]]],
    ),
  )
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
    ...(form.kind === 'gateway'
      ? {}
      : {
          connection: {
            host: form.host,
            port: form.port,
            encryption: form.encryption,
            checkCertificate: form.checkCertificate,
            user: form.user,
            signIn: form.signIn,
            tokenUrl: orNull(form.tokenUrl),
            clientId: orNull(form.clientId),
            scope: orNull(form.scope),
            folders: form.folders,
          },
          ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
        }),
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
          form.name.trim() === '' ||
          form.addresses.length === 0 ||
          queue === null ||
          (isImap && (form.host.trim() === '' || form.user.trim() === '' || form.folders.length === 0))
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
          {isImap && <Reached form={form} set={set} error={error} mailbox={mailbox} options={options} />}
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

interface ReachedProps {
  form: Values
  set: (change: Partial<Values>) => void
  error: (path: string) => string | undefined
  mailbox: Mailbox | null
  options: (prefix: 'encryption' | 'signIn', all: readonly string[]) => { value: string; label: string }[]
}

/** How an IMAP mailbox is reached. What is secret is never shown again; left empty it stays. */
function Reached({ form, set, error, mailbox, options }: ReachedProps) {
  const kept = (name: 'password' | 'clientSecret' | 'refreshToken') =>
    mailbox?.secrets.includes(name) === true ? t('mailboxes.secretKept') : undefined
  const line = (name: 'host' | 'user' | 'tokenUrl' | 'clientId' | 'scope', required: boolean) => (
    <TextInput
      key={name}
      label={t(`mailboxes.${name}`)}
      required={required}
      value={form[name]}
      error={error(`connection.${name}`)}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  const hidden = (name: 'password' | 'clientSecret' | 'refreshToken') => (
    <PasswordInput
      key={name}
      label={t(`mailboxes.${name}`)}
      description={kept(name)}
      autoComplete="off"
      value={form[name]}
      error={error(`secrets.${name}`)}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
      {line('host', true)}
      <NumberInput
        label={t('mailboxes.port')}
        min={1}
        max={65_535}
        value={form.port}
        error={error('connection.port')}
        onChange={(value) => set({ port: Number(value) })}
      />
      <Select
        label={t('mailboxes.encryption')}
        data={options('encryption', encryptions)}
        allowDeselect={false}
        value={form.encryption}
        onChange={(value) => set({ encryption: oneOf(encryptions, value) ?? form.encryption })}
      />
      <TagsInput
        label={t('mailboxes.folders')}
        required
        value={form.folders}
        error={error('connection.folders')}
        onChange={(folders) => set({ folders })}
      />
      {line('user', true)}
      <Select
        label={t('mailboxes.signIn')}
        data={options('signIn', signIns)}
        allowDeselect={false}
        value={form.signIn}
        onChange={(value) => set({ signIn: oneOf(signIns, value) ?? form.signIn })}
      />
      <Checkbox
        size="xs"
        label={t('mailboxes.checkCertificate')}
        description={t('mailboxes.checkCertificateHelp')}
        checked={form.checkCertificate}
        onChange={(event) => set({ checkCertificate: event.currentTarget.checked })}
      />
      {form.signIn === 'password'
        ? hidden('password')
        : [
            line('tokenUrl', true),
            line('clientId', true),
            line('scope', false),
            hidden('clientSecret'),
            hidden('refreshToken'),
          ]}
    </SimpleGrid>
  )
}
