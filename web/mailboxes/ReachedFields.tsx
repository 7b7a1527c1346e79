import { Checkbox, NumberInput, PasswordInput, Select, SimpleGrid, TagsInput, TextInput } from '@mantine/core'
import type { Mailbox } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'
import type { ReachedValues, secretNames } from './reached.ts'
import { oneOf } from './words.ts'

const encryptions = ['implicit', 'starttls', 'never'] as const
const signIns = ['password', 'oauth2'] as const

interface Props {
  form: ReachedValues
  set: (change: Partial<ReachedValues>) => void
  error: (path: string) => string | undefined
  mailbox: Mailbox | null
  options: (prefix: 'encryption' | 'signIn', all: readonly string[]) => { value: string; label: string }[]
}

/** How an IMAP mailbox is reached. What is secret is never shown again; left empty it stays. */
export function ReachedFields({ form, set, error, mailbox, options }: Props) {
  const kept = (name: (typeof secretNames)[number]) =>
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
  const hidden = (name: (typeof secretNames)[number]) => (
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
