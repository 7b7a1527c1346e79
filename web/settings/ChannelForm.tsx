import { Checkbox, Modal, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  type ChannelTopic,
  channelTopics,
  type ChatChannel,
  chatChannels,
  chatKinds,
} from '../../contract/chat-channels.ts'
import { teams } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'

const wholeOrganisation = 'organisation'

/** Add a chat channel, or change one. The address is asked for and never shown. */
export function ChannelForm({
  channel,
  shared,
  onClose,
}: {
  channel: ChatChannel | null
  shared: boolean
  onClose: () => void
}) {
  const [kind, setKind] = useState(channel?.kind ?? 'slack')
  const [name, setName] = useState(channel?.name ?? '')
  const [address, setAddress] = useState('')
  const [owner, setOwner] = useState(wholeOrganisation)
  const [topics, setTopics] = useState<ChannelTopic[]>(channel?.topics ?? ['promises', 'escalations'])
  const [inWorkingHours, setInWorkingHours] = useState(channel?.inWorkingHours ?? false)
  const [active, setActive] = useState(channel?.active ?? true)
  const known = useAsk(teams.list, { limit: 200 }, { enabled: shared && channel === null })
  const create = useAct(chatChannels.create, { onDone: onClose })
  const edit = useAct(chatChannels.edit, { onDone: onClose })
  const error = create.error ?? edit.error
  const whose = !shared
    ? { kind: 'person' as const }
    : owner === wholeOrganisation
      ? { kind: 'organisation' as const }
      : { kind: 'team' as const, id: owner }
  const save = (): void => {
    if (channel === null)
      create.mutate({ kind, name, address, owner: whose, ...(shared ? { topics, inWorkingHours } : {}) })
    else
      edit.mutate({
        id: channel.id,
        version: channel.version,
        name,
        active,
        ...(shared ? { topics, inWorkingHours } : {}),
        ...(address.trim() === '' ? {} : { address }),
      })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={channel === null ? t('channels.add') : t('channels.edit', { name: channel.name })}
    >
      <Form
        onSubmit={save}
        verb={t(channel === null ? 'channels.add' : 'save')}
        busy={create.isPending || edit.isPending}
        error={error}
        onCancel={onClose}
        disabled={name.trim() === '' || (channel === null && address.trim() === '')}
      >
        <Stack gap="sm">
          {channel === null && (
            <Select
              label={t('channels.kind')}
              data={chatKinds.map((one) => ({ value: one, label: t(`chatKind.${one}`) }))}
              allowDeselect={false}
              value={kind}
              onChange={(next) => setKind(chatKinds.find((one) => one === next) ?? 'slack')}
            />
          )}
          <TextInput
            label={t('channels.name')}
            required
            data-autofocus
            value={name}
            error={fieldError(error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('channels.address')}
            description={t(channel === null ? `channels.addressHelp.${kind}` : 'channels.addressKept')}
            required={channel === null}
            autoComplete="off"
            value={address}
            error={fieldError(error, 'address') === undefined ? undefined : t('channels.addressWrong')}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          {shared && channel === null && (
            <Select
              label={t('channels.of')}
              description={t('channels.ofHelp')}
              searchable
              allowDeselect={false}
              data={[
                { value: wholeOrganisation, label: t('channels.organisation') },
                ...(known.data?.items ?? [])
                  .filter((team) => team.active)
                  .map(({ id, name: of }) => ({ value: id, label: of })),
              ]}
              value={owner}
              onChange={(next) => setOwner(next ?? wholeOrganisation)}
            />
          )}
          {shared && (
            <>
              <MultiSelect
                label={t('channels.topics')}
                data={channelTopics.map((topic) => ({ value: topic, label: t(`topic.${topic}`) }))}
                value={topics}
                onChange={(next) => setTopics(channelTopics.filter((topic) => next.includes(topic)))}
              />
              <Checkbox
                size="xs"
                label={t('channels.inWorkingHours')}
                checked={inWorkingHours}
                onChange={(event) => setInWorkingHours(event.currentTarget.checked)}
              />
            </>
          )}
          {channel !== null && (
            <Checkbox
              size="xs"
              label={t('channels.active')}
              checked={active}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
