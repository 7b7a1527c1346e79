import { Checkbox, NumberInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { chatChannels, escalation } from '../../contract/chat-channels.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { ChannelForm } from './ChannelForm.tsx'
import { ChannelList } from './ChannelList.tsx'
import { OrganisationTabs } from './tabs.tsx'

const usualHours = 2

/** Chat channels of teams and of the organisation, and when it is told that nobody acted. */
export default function ChannelsPage() {
  const asked = useAsk(chatChannels.list, { shared: true })
  const after = useAsk(escalation.show, {})
  const [adding, add] = useState(false)
  return (
    <Page
      title={t('channels.page')}
      shape="read"
      tabs={<OrganisationTabs current="channels" />}
      actions={
        <ActionButton action={chatChannels.create} onClick={() => add(true)}>
          {t('channels.add')}
        </ActionButton>
      }
    >
      <div>
        <Section title={t('channels.title')}>
          <Asked question={asked}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyView title={t('channels.empty')}>{t('channels.emptyHelp')}</EmptyView>
              ) : (
                <ChannelList items={items} shared />
              )
            }
          </Asked>
        </Section>
        <Section title={t('escalation.title')}>
          <Asked question={after}>
            {({ afterSeconds }) => <Escalation key={afterSeconds ?? 'never'} afterSeconds={afterSeconds ?? null} />}
          </Asked>
        </Section>
      </div>
      {adding && <ChannelForm channel={null} shared onClose={() => add(false)} />}
    </Page>
  )
}

function Escalation({ afterSeconds }: { afterSeconds: number | null }) {
  const [hours, setHours] = useState(afterSeconds === null ? null : afterSeconds / 3600)
  const save = useAct(escalation.save, { onDone: () => tellDone(t('mySettings.saved')) })
  return (
    <Form
      onSubmit={() => save.mutate({ afterSeconds: hours === null ? null : Math.round(hours * 3600) })}
      verb={t('save')}
      busy={save.isPending}
      error={save.error}
    >
      <Stack gap="sm" maw={420}>
        <Checkbox
          size="xs"
          label={t('escalation.on')}
          description={t('escalation.help')}
          checked={hours !== null}
          onChange={(event) => setHours(event.currentTarget.checked ? usualHours : null)}
        />
        {hours !== null && (
          <NumberInput
            label={t('escalation.hours')}
            min={0.25}
            max={240}
            step={0.5}
            value={hours}
            error={fieldError(save.error, 'afterSeconds')}
            onChange={(value) => setHours(Number(value) || usualHours)}
          />
        )}
      </Stack>
    </Form>
  )
}
